import { createApp } from '../../../electron/services/create-app.ts';
import { toPlainError } from '../../../shared/contract/errors.ts';
import { RESOURCES } from './children.ts';

// Imports files one after the other, each when a line on standard input asks for it, and says how each ended.

const [libraryPath = '', ...paths] = process.argv.slice(2);
const app = await createApp({ libraryPath, resourcesPath: RESOURCES, face: 'terminal' });
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
for (const path of paths) {
  const outcome = await app.imports.importFile({ path }).then(
    ({ stored }) => ({ stored }),
    (thrown) => toPlainError(thrown),
  );
  process.stdout.write(`outcome ${JSON.stringify(outcome)}\n`);
}
app.close();
process.exit();
