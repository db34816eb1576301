import type { Series } from '../../../shared/contract/schemas.ts';
import { counted } from '../../../shared/format/number.ts';
import { currentClient } from '../../state/connection.ts';
import { removeWithUndo } from '../../state/removals.ts';

/** Removes a series from the library, with Undo. */
export const removeSeries = ({ id, ticker, every, bars }: Series): void =>
  removeWithUndo({
    id,
    title: `${ticker} ${every} removed`,
    text: `${counted(bars, 'bar')}. Runs made with it keep their results.`,
    commit: () => currentClient().data.remove({ seriesId: id }),
  });
