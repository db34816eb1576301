import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { classNames } from './class-names.ts';
import './field.css';
import './popup.css';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A few words behind the label. */
  readonly hint?: string;
}

/** Options from a table of values and their names. */
export const optionsOf = <Value extends string>(names: Readonly<Record<Value, string>>): Option<Value>[] =>
  (Object.entries(names) as [Value, string][]).map(([value, label]) => ({ value, label }));

interface SelectProps<Value extends string> {
  /** Its name for those who hear it; inside a Field the field's label does. */
  readonly label?: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
  readonly testId?: string | undefined;
  readonly className?: string;
}

/** One of a few: arrows and first letters choose, Enter opens. For many or for search, Combobox. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, disabled, testId, className } = props;
  return (
    <Base.Root
      items={options as Option<Value>[]}
      value={value}
      onValueChange={(next) => next !== null && onChange(next as Value)}
      disabled={disabled ?? false}
      modal={false}
    >
      <Base.Trigger
        className={classNames('field-box', 'select', className)}
        {...(label === undefined ? {} : { 'aria-label': label })}
        data-testid={testId}
        data-value={value}
      >
        <Base.Value />
        <Base.Icon className="field-icon">
          <ChevronDown size={13} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="popup-place" sideOffset={3} alignItemWithTrigger={false} align="start">
          <Base.Popup
            className="popup popup-list"
            data-testid={testId === undefined ? undefined : `${testId}-list`}
          >
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="popup-item"
                data-value={option.value}
              >
                <span className="popup-check">
                  <Base.ItemIndicator>
                    <Check size={13} aria-hidden />
                  </Base.ItemIndicator>
                </span>
                <span className="popup-item-text">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.hint !== undefined && <span className="popup-item-hint">{option.hint}</span>}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
