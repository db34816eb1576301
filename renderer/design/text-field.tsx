import { Input } from '@base-ui/react/input';
import { Search, X } from 'lucide-react';
import { type ComponentProps, type ReactNode, type Ref, useRef } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import './field.css';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'size'> {
  /** Its name for those who hear it; inside a Field the field's label does. */
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly invalid?: boolean;
  readonly icon?: ReactNode;
  readonly unit?: string;
  readonly testId?: string | undefined;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, invalid, icon, unit, testId, className, style, ...rest } = props;
  return (
    <span className={classNames('field-box', className)} style={style}>
      {icon !== undefined && <span className="field-icon">{icon}</span>}
      <Input
        {...rest}
        {...(label === undefined ? {} : { 'aria-label': label })}
        {...(invalid ? { 'aria-invalid': true } : {})}
        data-testid={testId}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {unit !== undefined && <span className="field-unit">{unit}</span>}
    </span>
  );
}

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** Keys that put the cursor here, shown while it is empty. */
  readonly keys?: string;
  readonly testId?: string | undefined;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Enter, or arrow down: on to what was found. */
  readonly onLeave?: () => void;
}

/** Filters as one types; Escape empties it. */
export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, placeholder = label, keys, testId, className, inputRef, onLeave } = props;
  const own = useRef<HTMLInputElement>(null);
  return (
    <span className={classNames('field-box', 'search', className)}>
      <span className="field-icon">
        <Search size={13} aria-hidden />
      </span>
      <input
        ref={(element) => {
          own.current = element;
          if (typeof inputRef === 'function') inputRef(element);
          else if (inputRef) inputRef.current = element;
        }}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        data-testid={testId}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.preventDefault();
            event.stopPropagation();
            onChange('');
          } else if ((event.key === 'ArrowDown' || event.key === 'Enter') && onLeave !== undefined) {
            event.preventDefault();
            onLeave();
          }
        }}
      />
      {value !== '' ? (
        <button
          type="button"
          className="field-clear"
          aria-label={`Empty ${label.toLowerCase()}`}
          onClick={() => {
            onChange('');
            own.current?.focus();
          }}
        >
          <X size={13} aria-hidden />
        </button>
      ) : (
        keys !== undefined && (
          <span className="field-unit">
            <Kbd keys={keys} />
          </span>
        )
      )}
    </span>
  );
}

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextArea({ label, onChange, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      {...rest}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={classNames('field-box', 'text-area', className)}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
