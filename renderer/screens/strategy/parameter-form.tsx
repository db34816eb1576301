import { RotateCcw } from 'lucide-react';
import type {
  Parameter,
  ParameterDeclarations,
  ParameterValue,
  ParameterValues,
} from '../../../shared/strategy/parameters.ts';
import { Bar, Checkbox, IconButton, NumberField, Select, Slider, TextArea } from '../../design/index.ts';

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
      <Bar
        title="Parameters"
        end={
          <IconButton
            label="Back to the defaults"
            icon={<RotateCcw size={14} aria-hidden />}
            onClick={onReset}
          />
        }
      />
      {names.length === 0 && <p className="muted parameters-none">This strategy has no parameters.</p>}
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
  const isChanged = value !== parameter.default;
  return (
    <div className={`parameter ${parameter.kind}`}>
      <span className="parameter-label">
        {label}
        {isChanged && (
          <span className="parameter-default muted">was {String(parameter.default).slice(0, 24)}</span>
        )}
      </span>
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
  const testId = `param-${name}`;
  switch (parameter.kind) {
    case 'boolean':
      return (
        <Checkbox label={label} hideLabel testId={testId} checked={value === true} onChange={onChange} />
      );
    case 'choice':
      return (
        <Select
          label={label}
          testId={testId}
          value={String(value)}
          options={parameter.options.map((option) => ({ value: option, label: option }))}
          onChange={onChange}
        />
      );
    case 'text':
      return <TextInput name={name} label={label} value={String(value)} onChange={onChange} />;
    default: {
      const { min, max, step } = parameter;
      const number = Number(value);
      return (
        <>
          <NumberField
            label={label}
            testId={testId}
            value={number}
            min={min}
            max={max}
            step={step}
            onChange={onChange}
          />
          <Slider
            label={`${label}, slider`}
            min={min}
            max={max}
            step={step}
            value={number}
            onChange={onChange}
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
      <TextArea
        label={label}
        data-testid={`param-${name}`}
        rows={3}
        spellCheck={false}
        value={value}
        onChange={onChange}
      />
      <label className="button file-button">
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
