import { AppError } from '../../shared/contract/errors.ts';
import type { FetchRequest } from '../../shared/contract/schemas.ts';
import { awsProfiles } from '../aws/profiles.ts';
import { type Bucket, type BucketObject, openBucket } from '../aws/s3-bucket.ts';
import type { Clock } from './clock.ts';
import { networkFailure } from './failures.ts';
import { prepareNetwork, proxyEnvironment } from './network.ts';
import type { PartialFile } from './partial-file.ts';
import { PassingFailure, retrying } from './retry.ts';
import type {
  BarSource,
  FetchedFile,
  FetchTools,
  OpenSource,
  SourceAccess,
  SourcePart,
  SourcePlan,
  UnknownSubject,
} from './source.ts';
import { Stall } from './stall.ts';

/** What may hold bars, by its name; of other objects under a prefix, such as models, there is no point in fetching. */
const BAR_FILE = /\.(csv|tsv|txt|json|jsonl|ndjson|parquet|pq)(\.(gz|zst|zip))?$|\.(gz|zip|zst)$/i;
/** Amazon's own tools leave such files beside the data. */
const HIDDEN = /(^|\/)[._][^/]*$/;
const TRIES = 5;
/** Downloads of an object whose content is not what its ETag says. */
const ATTEMPTS = 3;

export interface S3Part extends SourcePart {
  readonly object: BucketObject;
}

/** Objects of a bucket, with the user's own AWS profile. */
export function s3(clock: Clock): BarSource {
  return {
    id: 's3',
    name: 'Amazon S3',
    privacy:
      'AWS sees your internet address, the requests signed with your AWS profile, the bucket and the keys of the objects that you list and fetch; nothing else leaves this machine.',
    settings: [
      {
        name: 'bucket',
        label: 'Bucket',
        help: 'The name alone, without s3://.',
        fallback: '',
        problem: (value) =>
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value) ? null : 'is no name that a bucket can have',
      },
      {
        name: 'prefix',
        label: 'Prefix',
        help: 'Only objects whose keys begin with this, such as bars/minute/; empty: the whole bucket.',
        fallback: '',
        problem: (value) => (value.startsWith('/') ? 'must not begin with a slash' : null),
      },
      {
        name: 'profile',
        label: 'AWS profile',
        help: 'One of your AWS files; empty: what the AWS settings of your environment say.',
        fallback: '',
        choices: async () => (await awsProfiles()).map(({ name }) => name),
        problem: (value) => (/^[\w.@+:/ -]+$/.test(value) ? null : 'is no name that a profile can have'),
      },
      {
        name: 'region',
        label: 'Region',
        help: 'Of the bucket, such as eu-west-1; empty: what the profile says.',
        fallback: '',
        problem: (value) => (/^[a-z]{2}(-[a-z]+)+-\d$/.test(value) ? null : 'is no region such as eu-west-1'),
      },
    ],
    secrets: [],
    symbols: { label: 'Keys of objects', example: '2024/AAL.L.csv.gz', isRequired: false },
    intervals: null,
    hasRange: false,
    width: 3,
    secretOrigin: () => null,
    missing: async ({ bucket, profile }) => {
      if (bucket === '') return 'Set the bucket that holds your bars.';
      if (profile === '' || (await awsProfiles()).some(({ name }) => name === profile)) return null;
      return `There is no profile ${profile} in your AWS files: choose another, or add it with aws configure --profile ${profile}.`;
    },
    open: async (access) => {
      prepareNetwork();
      const { bucket, prefix, profile, region } = access.settings as Record<string, string>;
      const settings = { bucket: bucket!, profile: profile!, region: region!, env: proxyEnvironment() };
      return new OpenS3(access, await openBucket(settings), bucket!, prefix!, clock);
    },
  };
}

class OpenS3 implements OpenSource<S3Part> {
  readonly #access: SourceAccess;
  readonly #bucket: Bucket;
  readonly #name: string;
  readonly #prefix: string;
  readonly #clock: Clock;

  constructor(access: SourceAccess, bucket: Bucket, name: string, prefix: string, clock: Clock) {
    this.#access = access;
    this.#bucket = bucket;
    this.#name = name;
    this.#prefix = prefix;
    this.#clock = clock;
  }

  async plan({ symbols }: FetchRequest): Promise<SourcePlan<S3Part>> {
    const parts: S3Part[] = [];
    const unknown: UnknownSubject[] = [];
    try {
      for (const key of symbols.length === 0 ? [''] : new Set(symbols)) {
        await this.#planKey(key, parts, unknown);
      }
    } catch (thrown) {
      const explained = this.#explained(thrown, this.#access.signal);
      throw explained instanceof PassingFailure ? explained.error : explained; // the client has tried again already
    }
    return { parts, unknown };
  }

  async fetchPart({ object, origins }: S3Part, tools: FetchTools): Promise<FetchedFile | null> {
    const origin = origins[0]!;
    const file = await this.#access.files.claim(origin);
    try {
      await this.#download(object, file, tools);
    } catch (thrown) {
      await file.release();
      throw thrown;
    }
    const name = object.key.split('/').at(-1)!;
    return {
      path: file.path,
      name,
      origin,
      options: {},
      remove: () => file.remove(),
      keep: () => file.release(),
    };
  }

  close(): void {
    this.#bucket.close();
  }

  /** A key under the prefix or a whole one; one that ends in a slash, and the empty one, is a prefix itself. */
  async #planKey(key: string, parts: S3Part[], unknown: UnknownSubject[]): Promise<void> {
    const { signal } = this.#access;
    const whole = key.startsWith(this.#prefix) ? key : `${this.#prefix}${key}`;
    if (key !== '' && !key.endsWith('/')) {
      try {
        parts.push(this.#part(await this.#bucket.head(whole, signal)));
      } catch (thrown) {
        if (!(thrown instanceof AppError && thrown.code === 'not-found')) throw thrown;
        unknown.push({ subject: key, error: thrown });
      }
      return;
    }
    for await (const object of this.#bucket.list(whole, signal)) {
      const isBars = object.bytes > 0 && BAR_FILE.test(object.key) && !HIDDEN.test(object.key);
      if (isBars) parts.push(this.#part(object));
    }
  }

  #part(object: BucketObject): S3Part {
    const { key, bytes, etag } = object;
    return {
      name: key.startsWith(this.#prefix) && key !== this.#prefix ? key.slice(this.#prefix.length) : key,
      subject: key,
      origins: [`s3://${this.#name}/${key}#${etag},${bytes}`],
      bytes,
      object,
    };
  }

  async #download(object: BucketObject, file: PartialFile, { signal, onBytes }: FetchTools): Promise<void> {
    const { onPause } = this.#access;
    let bytes = 0;
    const count = (piece: number) => onBytes((bytes += piece));
    if (file.size > object.bytes) await file.restart();
    for (let attempt = 1; ; attempt++) {
      const isEtagMd5 = await retrying(() => this.#rest(object, file, signal, count), {
        clock: this.#clock,
        signal,
        onPause,
      });
      if (!isEtagMd5 || (await file.digest('md5')) === object.etag) return;
      await file.restart();
      if (attempt === ATTEMPTS) {
        throw new AppError('source-failed', `${object.key} does not match its ETag, ${ATTEMPTS} times`, {
          hint: 'Fetch again later, and see whether something between here and S3 changes files.',
        });
      }
    }
  }

  /** One try at what is still missing of an object. Returns whether its ETag is an MD5. */
  async #rest(
    object: BucketObject,
    file: PartialFile,
    outer: AbortSignal,
    onPiece: (bytes: number) => void,
  ): Promise<boolean> {
    const from = file.size;
    const isComplete = from > 0 && from === object.bytes;
    const stall = new Stall();
    const signal = AbortSignal.any([outer, stall.signal]);
    try {
      // Of a file that is complete already, the last byte is asked for again: the answer tells what its ETag is.
      const body = await this.#bucket.read(object, isComplete ? from - 1 : from, signal);
      for await (const piece of body.pieces) {
        stall.moved();
        if (isComplete) continue;
        await file.append(piece);
        onPiece(piece.byteLength);
      }
      if (file.size === object.bytes) return body.isEtagMd5;
      throw new Error(`${file.size} of ${object.bytes} bytes came`);
    } catch (thrown) {
      // The client compares checksums while it reads: what it has handed out is worth nothing then.
      if (/checksum mismatch/i.test((thrown as Error).message)) await file.restart();
      const explained = this.#explained(stall.signal.aborted ? stall.signal.reason : thrown, outer);
      if (!(explained instanceof PassingFailure)) throw explained;
      throw new PassingFailure(explained.error, { tries: TRIES, progressed: file.size > from });
    } finally {
      stall.end();
    }
  }

  #explained(thrown: unknown, signal: AbortSignal): unknown {
    signal.throwIfAborted();
    if (thrown instanceof AppError || thrown instanceof PassingFailure) return thrown;
    return networkFailure(thrown, this.#bucket.host);
  }
}
