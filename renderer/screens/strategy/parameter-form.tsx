import { RotateCcw } from 'lucide-react';
import type {
  Parameter,
  ParameterDeclarations,
  ParameterValue,
  ParameterValues,
} from '../../../shared/strategy/parameters.ts';
import { NumberField } from '../../design/index.ts';

interface ParameterFormProps {
  readonly declarations: ParameterDeclarations;
  /** Values that differ from the defaults. */
  readonly values: ParameterValues;
  readonly onChange: (name: string, value: ParameterValue) => void;
  readonly onReset: () => void;
}

/** The form that a strategy's declaration asks for: slider and field, switch or choice. */
export function ParameterForm({ declarations, values, onChange, onReset }: ParameterFormProps) {
  const names = Object.keys(declarations);
  return (
    <section className="parameters" aria-label="Parameters">
      <div className="toolbar">
        <h2>Parameters</h2>
        <button
          type="button"
          className="icon-button"
          title="Back to the defaults"
          aria-label="Back to the defaults"
          onClick={onReset}
        >
          <RotateCcw size={14} aria-hidden />
        </button>
      </div>
      {names.length === 0 && <p className="muted">This strategy has no parameters.</p>}
      {names.map((name) => (
        <ParameterRow
          key={name}
          name={name}
          parameter={declarations[name]!}
          value={values[name] ?? declarations[name]!.default}
          onChange={(value) => onChange(name, value)}
        />
      ))}
    </section>
  );
}

interface ParameterRowProps {
  readonly name: string;
  readonly parameter: Parameter;
  readonly value: ParameterValue;
  readonly onChange: (value: ParameterValue) => void;
}

function ParameterRow({ name, parameter, value, onChange }: ParameterRowProps) {
  const label = parameter.label ?? name;
  return (
    <div className="parameter" title={parameter.help}>
      <span className="parameter-label">{label}</span>
      <ParameterInput name={name} label={label} parameter={parameter} value={value} onChange={onChange} />
      {parameter.help !== undefined && <p className="muted">{parameter.help}</p>}
    </div>
  );
}

function ParameterInput({
  name,
  label,
  parameter,
  value,
  onChange,
}: ParameterRowProps & { readonly label: string }) {
  switch (parameter.kind) {
    case 'boolean':
      return (
        <input
          type="checkbox"
          aria-label={label}
          data-testid={`param-${name}`}
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      );
    case 'choice':
      return (
        <select
          aria-label={label}
          data-testid={`param-${name}`}
          value={String(value)}
          onChange={({ target }) => onChange(target.value)}
        >
          {parameter.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      );
    case 'text':
      return <TextInput name={name} label={label} value={String(value)} onChange={onChange} />;
    default: {
      const { min, max, step } = parameter;
      return (
        <>
          <NumberField
            label={label}
            testId={`param-${name}`}
            value={Number(value)}
            min={min}
            max={max}
            step={step}
            onChange={onChange}
          />
          <input
            type="range"
            aria-label={`${label}, slider`}
            min={min}
            max={max}
            step={step}
            value={Number(value)}
            onChange={({ target }) => onChange(Number(target.value))}
          />
        </>
      );
    }
  }
}

/** A text that may be a whole file: typed, pasted, or read from one. */
function TextInput({
  name,
  label,
  value,
  onChange,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const readFile = async (file: File | undefined) => {
    if (file !== undefined) onChange(await file.text());
  };
  return (
    <span className="text-parameter">
      <textarea
        aria-label={label}
        data-testid={`param-${name}`}
        rows={3}
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <label className="file-button">
        From file …
        <input
          type="file"
          className="visually-hidden"
          aria-label={`${label}, from a file`}
          onChange={({ target }) => void readFile(target.files?.[0])}
        />
      </label>
    </span>
  );
}
