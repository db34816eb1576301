import { Field as Base } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './field.css';

interface FieldProps {
  readonly label: ReactNode;
  /** Unit of the value, shown behind the label. */
  readonly unit?: string;
  readonly help?: ReactNode;
  /** What is wrong and what to do; takes the place of the help. */
  readonly error?: ReactNode;
  /** `stacked`: label above. `row`: label left, control right. `inline`: close together in a line of text. */
  readonly layout?: 'stacked' | 'row' | 'inline';
  readonly className?: string;
  readonly children: ReactNode;
}

/** A control with its label, unit, help and error, tied together for those who hear them. */
export function Field({ label, unit, help, error, layout = 'stacked', className, children }: FieldProps) {
  const isWrong = error !== undefined && error !== null && error !== '';
  return (
    <Base.Root invalid={isWrong} className={classNames('field', layout, className)}>
      <Base.Label className="field-label">
        {label}
        {unit !== undefined && <span className="field-label-unit">, {unit}</span>}
      </Base.Label>
      <div className="field-controls">{children}</div>
      {isWrong ? (
        <Base.Error match className="field-error">
          {error}
        </Base.Error>
      ) : (
        help !== undefined && <Base.Description className="field-help">{help}</Base.Description>
      )}
    </Base.Root>
  );
}
