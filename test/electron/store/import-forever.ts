import { createApp } from '../../../electron/services/create-app.ts';
import { RESOURCES } from './children.ts';

// Imports pieces of a series one after the other, undoes them again from the last to the first, and so on until it is
// killed. Says what it is about to do ("> +3": the fourth piece), when the writer begins to store it ("storing"), and that
// it is done ("+3": acknowledged).

const [libraryPath = '', ...pieces] = process.argv.slice(2);
const app = await createApp({ libraryPath, resourcesPath: RESOURCES, face: 'terminal' });
const standing = (await app.imports.list()).filter(({ undone }) => !undone).map(({ importId }) => importId);
standing.reverse();

const say = (text: string) =>
  new Promise<void>((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
async function step(what: string, work: () => Promise<unknown>): Promise<void> {
  await say(`> ${what}`);
  await work();
  await say(what);
}

const { writer } = app.workers;
const run = writer.run.bind(writer);
writer.run = (task, ...rest) => {
  if (task === 'commitImport' || task === 'undoImport') process.stdout.write('storing\n');
  return run(task, ...rest);
};

await say('ready');
for (;;) {
  while (standing.length < pieces.length) {
    const piece = standing.length;
    await step(`+${piece}`, async () => {
      standing.push((await app.imports.importFile({ path: pieces[piece]! })).importId);
    });
  }
  while (standing.length > 0) await step(`-${standing.length - 1}`, () => app.imports.undo(standing.pop()!));
}
