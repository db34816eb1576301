import highlighter from 'highlight.js/lib/core'; // highlight.js: BSD, one language of it, for reading; editing comes with its own editor
import typescript from 'highlight.js/lib/languages/typescript';
import { useEffect, useMemo, useRef } from 'react';
import type { PlainError } from '../../../shared/contract/errors.ts';
import { Badge, Bar } from '../../design/index.ts';

highlighter.registerLanguage('typescript', typescript);

/** A strategy's source, read only, with line numbers; a line that failed is marked and brought into view. */
export function SourceView({
  source,
  fileName,
  error,
}: {
  readonly source: string;
  readonly fileName: string;
  readonly error: PlainError | null;
}) {
  // highlight.js escapes the source before it adds its own spans.
  const html = useMemo(() => highlighter.highlight(source, { language: 'typescript' }).value, [source]);
  const lines = source.replace(/\n$/, '').split('\n').length;
  const failed = error?.detail.line;
  const marker = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (failed !== undefined) marker.current?.scrollIntoView({ block: 'center' });
  }, [failed]);
  return (
    <section className="source" aria-label={`Source of ${fileName}`}>
      <Bar title={fileName}>
        <Badge>read only</Badge>
      </Bar>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div className="source-scroll" tabIndex={0}>
        <pre className="gutter" aria-hidden>
          {Array.from({ length: lines }, (_, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
              ref={index + 1 === failed ? marker : null}
              className={index + 1 === failed ? 'failed' : ''}
            >
              {index + 1}
              {'\n'}
            </span>
          ))}
        </pre>
        <pre className="code">
          {failed !== undefined && (
            <span className="failed-line" style={{ top: `calc(${failed - 1} * var(--code-line) + 8px)` }} />
          )}
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: highlight.js escapes its input */}
          <code dangerouslySetInnerHTML={{ __html: html }} />
        </pre>
      </div>
    </section>
  );
}
