import { INDICATORS } from './catalogue.ts';
import { INDICATOR_GROUPS, type IndicatorSpec } from './indicator-spec.ts';

/** The catalogue as Markdown tables, one per group: what docs/indicators.md holds. */
export function indicatorTable(): string {
  return INDICATOR_GROUPS.map((group) => {
    const rows = INDICATORS.filter((spec) => spec.group === group).map(rowOf);
    return `### ${group[0]!.toUpperCase()}${group.slice(1)}\n\n| call | gives | warm-up at the defaults | formula | source |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  }).join('\n');
}

function rowOf({
  id,
  inputs,
  parameters,
  outputs,
  minimumPeriod,
  label,
  formula,
  source,
  repaints,
}: IndicatorSpec) {
  const first = inputs[0] === 'value' ? 'line' : 'data';
  const named = parameters.map(({ name, default: value }) => `${name} = ${value}`);
  const call = `\`${id}(${[first, ...named].join(', ')})\``;
  const gives = outputs[0] === 'value' ? 'a line' : outputs.map((output) => `\`${output}\``).join(', ');
  const warmUp = minimumPeriod(...parameters.map((parameter) => parameter.default));
  const warning = repaints === null ? '' : ` **Repaints:** ${repaints}.`;
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return `| ${call} | ${gives} | ${warmUp} | ${label}: ${cell(formula)}${warning} | ${cell(source)} |`;
}
