import { type FormEvent, useState } from 'react';
import { create } from 'zustand';
import { WorkspaceNameSchema } from '../../shared/contract/schemas.ts';
import { describeFailure } from '../api/errors.ts';
import { Button, Field, Sheet, TextField, toast } from '../design/index.ts';
import { saveWorkspaceAs, useWorkspaces } from '../state/workspaces.ts';

const useDialog = create(() => ({ isOpen: false }));
export const askForWorkspaceName = (): void => useDialog.setState({ isOpen: true });

/** Under which name the arrangement of the window is kept. */
export function WorkspaceDialog() {
  const isOpen = useDialog(({ isOpen }) => isOpen);
  const close = () => useDialog.setState({ isOpen: false });
  return (
    <Sheet open={isOpen} title="Save the workspace" onClose={close} testId="workspace-dialog">
      {isOpen && <NameForm onDone={close} />}
    </Sheet>
  );
}

function NameForm({ onDone }: { readonly onDone: () => void }) {
  const list = useWorkspaces(({ list }) => list);
  const [name, setName] = useState('');
  const isValid = WorkspaceNameSchema.safeParse(name).success;
  const isTaken = list.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!isValid) return;
    try {
      await saveWorkspaceAs(name);
      toast({
        kind: 'done',
        title: `Workspace ${name} is kept`,
        text: 'It follows every change from now on.',
      });
      onDone();
    } catch (thrown) {
      toast({
        kind: 'problem',
        title: 'The workspace could not be kept',
        text: describeFailure(thrown).message,
      });
    }
  };
  return (
    <form className="workspace-form" onSubmit={save}>
      <Field
        label="Name"
        help="Tabs, splits, symbols, zoom and scroll positions are kept in a plain file of this name in the library’s folder workspaces."
        error={
          name !== '' && !isValid
            ? 'Letters, digits, spaces, dots and hyphens, up to 60, and no dot at the end.'
            : null
        }
      >
        <TextField value={name} onChange={setName} autoFocus testId="workspace-name" />
      </Field>
      <Button type="submit" tone="primary" disabled={!isValid}>
        {isTaken ? 'Replace the one of this name' : 'Save'}
      </Button>
    </form>
  );
}
