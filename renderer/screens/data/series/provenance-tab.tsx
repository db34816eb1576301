import type { Series } from '../../../../shared/contract/schemas.ts';
import { useCall } from '../../../components/use-call.ts';
import { ImportRecords } from '../import-records.tsx';

/** Which import brought which range of the series, newest first. */
export function ProvenanceTab({ series }: { readonly series: Series }) {
  const { data, error } = useCall(
    `imports:${series.id}:${series.contentHash}:${series.lastImportAt}`,
    (client) => client.data.imports(),
  );
  const own = data?.filter(({ series: parts }) => parts.some(({ seriesId }) => seriesId === series.id));
  return <ImportRecords records={own ?? null} seriesId={series.id} error={error} />;
}
