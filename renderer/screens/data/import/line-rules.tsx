import { Field, Select } from '../../../design/index.ts';
import { changeRules, usePending } from './pending.ts';

/** What holds for the lines of every file of this import. */
export function LineRulesForm() {
  const { zeroBars, onError, conflicts } = usePending(({ rules }) => rules);
  return (
    <div className="line-rules">
      <Field label="Bad lines" layout="inline">
        <Select
          value={onError}
          testId="rule-on-error"
          options={[
            { value: 'reject', label: 'leave out and list' },
            { value: 'fail', label: 'refuse the file' },
          ]}
          onChange={(next) => changeRules({ onError: next })}
        />
      </Field>
      <Field label="Empty minutes" layout="inline">
        <Select
          value={zeroBars}
          testId="rule-zero-bars"
          options={[
            { value: 'drop', label: 'leave out and count' },
            { value: 'reject-file', label: 'refuse the file' },
          ]}
          onChange={(next) => changeRules({ zeroBars: next })}
        />
      </Field>
      <Field label="Other values in the library" layout="inline">
        <Select
          value={conflicts}
          testId="rule-conflicts"
          options={[
            { value: 'keep', label: 'stay' },
            { value: 'replace', label: 'are replaced' },
          ]}
          onChange={(next) => changeRules({ conflicts: next })}
        />
      </Field>
    </div>
  );
}
