import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup as Base } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import './toggle-group.css';

interface ToggleGroupProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly {
    readonly value: Value;
    readonly label: ReactNode;
    /** Its name where `label` is a picture. */
    readonly name?: string;
  }[];
  readonly testId?: string | undefined;
}

/** One of two to five that are all in sight: arrows move, one is always down. */
export function ToggleGroup<Value extends string>(props: ToggleGroupProps<Value>) {
  const { label, value, onChange, options, testId } = props;
  return (
    <Base
      className="toggle-group"
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => next !== undefined && onChange(next as Value)}
      data-testid={testId}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="toggle"
          data-value={option.value}
          {...(option.name === undefined ? {} : { 'aria-label': option.name, title: option.name })}
        >
          {option.label}
        </Toggle>
      ))}
    </Base>
  );
}
