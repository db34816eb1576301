import { createApp } from '../../../electron/services/create-app.ts';
import { RESOURCES } from './children.ts';

// Restores a backup and ends.

const [libraryPath = '', backup = ''] = process.argv.slice(2);
const app = await createApp({ libraryPath, resourcesPath: RESOURCES, face: 'terminal' });
await app.library.restore(backup, false);
app.close();
process.exit();
