import { create } from 'zustand';
import {
  SETTING_DEFAULTS,
  type SettingKey,
  type Settings,
  type SettingsState,
} from '../../shared/contract/schemas.ts';
import { describeFailure } from '../api/errors.ts';
import { toast } from '../design/index.ts';
import { currentClient } from './connection.ts';
import { setAppearance } from './theme.ts';

interface SettingsStore extends Omit<SettingsState, 'values'> {
  readonly values: Settings;
}

/** The settings as the library's file has them; defaults until it has been read. */
export const useSettings = create<SettingsStore>(() => ({
  values: SETTING_DEFAULTS,
  changed: [],
  path: '',
  problems: [],
}));

export function showSettings(state: SettingsState): void {
  useSettings.setState(state);
  const { values } = state;
  setAppearance({
    theme: values['appearance.theme'],
    density: values['appearance.density'],
    direction: values['appearance.direction'],
    motion: values['appearance.motion'],
  });
}

/** Changes a setting at once and in the file; null takes it back to its default. */
export async function changeSetting<Key extends SettingKey>(
  key: Key,
  value: Settings[Key] | null,
): Promise<void> {
  const before = useSettings.getState();
  const values = { ...before.values, [key]: value ?? SETTING_DEFAULTS[key] };
  showSettings({ ...before, values } as SettingsState);
  try {
    showSettings(await currentClient().settings.set({ key, value: value as never }));
  } catch (thrown) {
    showSettings(before as SettingsState);
    toast({ kind: 'problem', title: 'The setting could not be kept', text: describeFailure(thrown).message });
  }
}
