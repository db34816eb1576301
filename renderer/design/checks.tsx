import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './checks.css';

interface CheckProps {
  /** The words beside it; `hideLabel` leaves them to those who hear them. */
  readonly label: ReactNode;
  readonly hideLabel?: boolean;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly testId?: string | undefined;
  readonly className?: string;
}

/** Yes or no, among others; takes effect with the form it is in. */
export function Checkbox({
  label,
  hideLabel,
  checked,
  onChange,
  disabled,
  testId,
  className,
  indeterminate = false,
}: CheckProps & { readonly indeterminate?: boolean }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is Base UI's, an input inside
    <label className={classNames('check', className)}>
      <BaseCheckbox.Root
        className="check-box"
        checked={checked}
        indeterminate={indeterminate}
        onCheckedChange={onChange}
        disabled={disabled ?? false}
        data-testid={testId}
      >
        <BaseCheckbox.Indicator className="check-mark">
          {indeterminate ? <Minus size={11} aria-hidden /> : <Check size={11} strokeWidth={3} aria-hidden />}
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className={hideLabel ? 'visually-hidden' : ''}>{label}</span>
    </label>
  );
}

/** On or off, at once. */
export function Switch({ label, hideLabel, checked, onChange, disabled, testId, className }: CheckProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is Base UI's, an input inside
    <label className={classNames('check', className)}>
      <BaseSwitch.Root
        className="switch"
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled ?? false}
        data-testid={testId}
      >
        <BaseSwitch.Thumb className="switch-thumb" />
      </BaseSwitch.Root>
      <span className={hideLabel ? 'visually-hidden' : ''}>{label}</span>
    </label>
  );
}
