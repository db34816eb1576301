import { AppError } from '../../shared/contract/errors.ts';
import type { FetchRequest, ImportOptions, SourceId } from '../../shared/contract/schemas.ts';
import type { PartialFiles } from './partial-file.ts';

/** A setting of a source. Secrets are not among them. */
export interface SettingDefinition {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly fallback: string;
  /** The values it can take; absent: free text. May look at the user's files, never at the network. */
  readonly choices?: () => Promise<readonly string[]>;
  /** What is wrong with a value, as the end of a sentence that begins with its label; null: nothing. */
  readonly problem: (value: string) => string | null;
}

/** A secret, under the name of the environment variable that may hold it. */
export interface SecretDefinition {
  readonly name: string;
  readonly label: string;
  /** The environment variable that names the address which the variable's owner trusts with it. */
  readonly addressVariable: string;
}

/** Values of all settings, fallbacks put in. */
export type Settings = Readonly<Record<string, string>>;

/**
 * The unit of resuming: one file, one import. `origins` are the addresses it may come from, the preferred one first; an
 * import that names any of them as its source has brought the part.
 */
export interface SourcePart {
  /** For people. */
  readonly name: string;
  /** Symbol or key: one that the source does not know fails all its parts. */
  readonly subject: string;
  readonly origins: readonly string[];
  /** Null while unknown. */
  readonly bytes: number | null;
}

/** A symbol or key of a request that the source has nothing for. */
export interface UnknownSubject {
  readonly subject: string;
  readonly error: AppError;
}

export interface SourcePlan<Part extends SourcePart = SourcePart> {
  readonly parts: readonly Part[];
  readonly unknown: readonly UnknownSubject[];
}

/** A fetched part, in the vendor's own layout, ready for the ordinary import. Whoever asked for it ends it. */
export interface FetchedFile {
  readonly path: string;
  /** The vendor's name for it. */
  readonly name: string;
  /** Where it came from; one of the part's origins. */
  readonly origin: string;
  /** What the import need not guess. */
  readonly options: Partial<ImportOptions>;
  readonly remove: () => Promise<void>;
  /** Leaves it for a later fetch, which then need not fetch it again. */
  readonly keep: () => Promise<void>;
}

/** What a source works with while it is open. */
export interface SourceAccess {
  readonly settings: Settings;
  /** Asks the secret store anew each time; null: it is not there. */
  readonly secret: (name: string) => Promise<string | null>;
  readonly files: PartialFiles;
  readonly signal: AbortSignal;
  /** The source waits this long, for a slower pace or the next try; 0: it goes on. */
  readonly onPause: (milliseconds: number) => void;
}

export interface FetchTools {
  readonly signal: AbortSignal;
  /** Bytes of this part so far; of a part that goes on where an earlier try broke off, these do not count. */
  readonly onBytes: (bytes: number) => void;
}

/** A source in use: connections, credentials in memory. */
export interface OpenSource<Part extends SourcePart = SourcePart> {
  /** May ask the source: for its list, for where a symbol begins. */
  plan(request: FetchRequest): Promise<SourcePlan<Part>>;
  /** Null when the source has no bars for this part. Throws AppErrors. */
  fetchPart(part: Part, tools: FetchTools): Promise<FetchedFile | null>;
  close(): void;
}

/** A place on the network that bars can be fetched from by name. It asks nobody before it is opened. */
export interface BarSource {
  readonly id: SourceId;
  readonly name: string;
  /** What leaves the machine, in one sentence. */
  readonly privacy: string;
  readonly settings: readonly SettingDefinition[];
  readonly secrets: readonly SecretDefinition[];
  readonly symbols: { readonly label: string; readonly example: string; readonly isRequired: boolean };
  /** Lengths of bars it has; null: its files tell. */
  readonly intervals: readonly string[] | null;
  readonly hasRange: boolean;
  /** Parts fetched at the same time. */
  readonly width: number;
  /** The one origin that its secrets may be sent to; null: it has none. */
  secretOrigin(settings: Settings): string | null;
  /** What else is missing before it can be used, and what to do; null: nothing. */
  missing(settings: Settings): Promise<string | null>;
  open(access: SourceAccess): Promise<OpenSource>;
}

/** The first bar of a subject; null, and noted down, where the source does not know the subject or has no bars of it. */
export async function known(
  subject: string,
  firstBar: Promise<number | null>,
  unknown: UnknownSubject[],
): Promise<number | null> {
  try {
    const time = await firstBar;
    if (time === null) throw new AppError('not-found', `There are no such bars of ${subject}`);
    return time;
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'not-found')) throw thrown;
    unknown.push({ subject, error: thrown });
    return null;
  }
}
