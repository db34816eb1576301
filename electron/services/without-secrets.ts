import { AppError, toPlainError } from '../../shared/contract/errors.ts';
import type { OpenSource } from '../sources/source.ts';

/** A source all of whose failures have lost the secrets that a server may have repeated. `secrets` grows as they are used. */
export function withoutSecrets(open: OpenSource, secrets: ReadonlySet<string>): OpenSource {
  const guarded = <T>(promise: Promise<T>) =>
    promise.catch((thrown: unknown) => {
      throw hidden(thrown, secrets);
    });
  return {
    plan: async (request) => {
      const { parts, unknown } = await guarded(open.plan(request));
      return {
        parts,
        unknown: unknown.map(({ subject, error }) => ({ subject, error: hidden(error, secrets) })),
      };
    },
    fetchPart: (part, tools) => guarded(open.fetchPart(part, tools)),
    close: () => open.close(),
  };
}

/** Without what it was made from, too, which may hold them. */
function hidden(thrown: unknown, secrets: ReadonlySet<string>): AppError {
  const { code, message, detail } = toPlainError(thrown);
  const hide = (text: string) =>
    [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  const { hint } = detail;
  return new AppError(code, hide(message), hint === undefined ? detail : { ...detail, hint: hide(hint) });
}
