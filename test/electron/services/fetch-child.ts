import type { FetchRequest, SourceChange } from '../../../shared/contract/schemas.ts';
import { openLibraryApp } from '../sources/library-app.ts';

// A process that fetches into a library, and tells on standard output when it does something, until it is killed.

const { libraryPath, change, request } = JSON.parse(process.argv[2]!) as {
  libraryPath: string;
  change: SourceChange;
  request: FetchRequest;
};
const app = await openLibraryApp({ libraryPath });
await app.sources.set(change);
await app.sources.fetch(request, { onProgress: ({ stage }) => process.stdout.write(`${stage}\n`) });
process.stdout.write('finished\n', () => process.exit());
