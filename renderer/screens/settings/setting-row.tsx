import { RotateCcw } from 'lucide-react';
import {
  SETTING_DEFAULTS,
  SETTING_SPECS,
  type SettingKey,
  type Settings,
} from '../../../shared/contract/schemas.ts';
import { formatNumber } from '../../../shared/format/number.ts';
import { IconButton, NumberField, optionsOf, Select, ToggleGroup } from '../../design/index.ts';
import { changeSetting, useSettings } from '../../state/settings.ts';

export type PlainKey = Exclude<SettingKey, 'keys'>;
/** As many as fit beside each other; more go into a list. */
const MOST_IN_SIGHT = 3;

/** A setting: what it does, its value, its default, its key and its JSON. */
export function SettingRow({ settingKey }: { readonly settingKey: PlainKey }) {
  const { title, help, names, unit, min = 0, max = 0, atStart } = SETTING_SPECS[settingKey];
  const value = useSettings(({ values }) => values[settingKey]);
  const isChanged = useSettings(({ changed }) => changed.includes(settingKey));
  const standard = SETTING_DEFAULTS[settingKey];
  const change = (next: Settings[PlainKey]) => void changeSetting(settingKey, next);
  const nameOf = (of: Settings[PlainKey]) =>
    typeof of === 'number'
      ? `${formatNumber(of, 0)}${unit === undefined ? '' : ` ${unit}`}`
      : (names?.[of] ?? of);
  return (
    <article className="setting" data-testid={`setting-${settingKey}`} data-changed={isChanged}>
      <div className="setting-head">
        <h2>{title}</h2>
        {isChanged && (
          <IconButton
            label={`Back to ${nameOf(standard)}`}
            icon={<RotateCcw size={13} aria-hidden />}
            onClick={() => void changeSetting(settingKey, null)}
          />
        )}
      </div>
      <p className="muted">
        {help}
        {atStart === true && ' Takes effect when Hindsight starts again.'}
      </p>
      {typeof value === 'number' ? (
        <NumberField
          label={title}
          value={value}
          min={min}
          max={max}
          step={settingKey === 'memory.seriesMegabytes' ? 100 : 1}
          {...(unit === undefined ? {} : { unit })}
          onChange={change}
        />
      ) : names !== undefined && Object.keys(names).length <= MOST_IN_SIGHT ? (
        <ToggleGroup
          label={title}
          value={value as string}
          options={optionsOf(names)}
          onChange={(next) => change(next as Settings[PlainKey])}
        />
      ) : (
        <Select
          label={title}
          value={value as string}
          options={optionsOf(names ?? {})}
          onChange={(next) => change(next as Settings[PlainKey])}
        />
      )}
      <p className="setting-facts">
        Default {nameOf(standard)} · <code>{JSON.stringify({ [settingKey]: value }).slice(1, -1)}</code>
      </p>
    </article>
  );
}
