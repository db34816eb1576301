import type Electron from 'electron';
import { refusingObject } from '../refusal.ts';

/** Nobody sits before a rehearsal: a question that no test answers must not wait for ever. */
function unanswered(name: string): (...args: unknown[]) => never {
  return (...args) => {
    const options = args.at(-1) as { message?: string } | undefined;
    const text = `Nobody answers dialog.${name} (${options?.message ?? ''}): replace it, as with app.evaluate(({ dialog }) => …)`;
    process.stderr.write(`${text}\n`);
    throw new Error(text);
  };
}
const unansweredLater =
  (name: string) =>
  async (...args: unknown[]) =>
    unanswered(name)(...args);

export const dialog = refusingObject('Dialog', {
  /** As Electron does where it has no screen yet. */
  showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}\n${content}\n`),
  showMessageBox: unansweredLater('showMessageBox'),
  showMessageBoxSync: unanswered('showMessageBoxSync'),
  showOpenDialog: unansweredLater('showOpenDialog'),
  showOpenDialogSync: unanswered('showOpenDialogSync'),
  showSaveDialog: unansweredLater('showSaveDialog'),
  showSaveDialogSync: unanswered('showSaveDialogSync'),
}) satisfies Partial<Electron.Dialog>;
