import { createApp } from '../../../electron/services/create-app.ts';
import { RESOURCES } from './children.ts';

// Puts one backup in the place of the other, compacts and backs up in between, until it is killed.

const [libraryPath = '', copy = '', ...backups] = process.argv.slice(2);
const app = await createApp({ libraryPath, resourcesPath: RESOURCES, face: 'terminal' });
process.stdout.write('ready\n');
for (let round = 0; ; round++) {
  await app.library.restore(backups[round % backups.length]!, true);
  await app.library.compact();
  await app.library.backupTo(copy);
}
