import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { S3Client } from '@aws-sdk/client-s3'; // S3: Apache-2.0, by Amazon, loaded when first used
import type { AppError } from '../../shared/contract/errors.ts';
import { awsFailure } from './aws-failure.ts';
import { awsProfiles, usualProfile } from './profiles.ts';

// The one file that knows the AWS client. Credentials live in the client's memory and nowhere else.

const ATTEMPTS = 5;
const CONNECT_MILLISECONDS = 10_000;
const IDLE_MILLISECONDS = 30_000;

export interface BucketSettings {
  readonly bucket: string;
  /** Empty: what the environment and the AWS files say. */
  readonly profile: string;
  /** Empty: the profile's, or the environment's. */
  readonly region: string;
  /** For the proxies it names. */
  readonly env: NodeJS.ProcessEnv;
}

export interface BucketObject {
  readonly key: string;
  readonly bytes: number;
  /** Changes whenever the content does. */
  readonly etag: string;
}

export interface ObjectBody {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Whether the ETag is the MD5 of the content. */
  readonly isEtagMd5: boolean;
}

/** Objects of one bucket, for reading. Failures are AppErrors; those of the connection itself are thrown as they came. */
export interface Bucket {
  /** Page by page, in the order of their keys. */
  list(prefix: string, signal: AbortSignal): AsyncIterable<BucketObject>;
  /** One object by its key. */
  head(key: string, signal: AbortSignal): Promise<BucketObject>;
  /** The content from a byte on, provided that the object is still the same. */
  read(object: BucketObject, from: number, signal: AbortSignal): Promise<ObjectBody>;
  /** Where calls go, for messages. */
  readonly host: string;
  close(): void;
}

export async function openBucket(settings: BucketSettings): Promise<Bucket> {
  const [{ S3Client }, { fromIni, fromNodeProviderChain }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/credential-providers'),
  ]);
  const { profile, region, env } = settings;
  const endpoint = await customEndpoint(profile, env);
  const named = profile === '' ? {} : { profile };
  const client = new S3Client({
    ...named,
    ...(region === '' ? {} : { region }),
    credentials: profile === '' ? fromNodeProviderChain() : fromIni({ profile, ignoreCache: true }),
    // The client itself sees the endpoint of the usual profile only. Other makers' services and stand-ins have no host
    // name for each bucket.
    ...(endpoint === null ? { followRegionRedirects: true } : { endpoint, forcePathStyle: true }),
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_MILLISECONDS,
      socketTimeout: IDLE_MILLISECONDS,
      httpAgent: new HttpAgent({ keepAlive: true, proxyEnv: env }),
      httpsAgent: new HttpsAgent({ keepAlive: true, proxyEnv: env }),
    },
  });
  return new OpenBucket(client, settings, endpoint === null ? 's3.amazonaws.com' : new URL(endpoint).host);
}

/** The endpoint that the SDK's standard settings name; null: Amazon's own. */
async function customEndpoint(profile: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const fromEnvironment = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true') return null;
  if (fromEnvironment) return fromEnvironment;
  const name = profile === '' ? usualProfile(env) : profile;
  return (await awsProfiles()).find((one) => one.name === name)?.s3Endpoint ?? null;
}

class OpenBucket implements Bucket {
  readonly host: string;
  readonly #client: S3Client;
  readonly #settings: BucketSettings;

  constructor(client: S3Client, settings: BucketSettings, host: string) {
    this.#client = client;
    this.#settings = settings;
    this.host = host;
  }

  async *list(prefix: string, signal: AbortSignal): AsyncGenerator<BucketObject> {
    const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    const { bucket } = this.#settings;
    let token: string | undefined;
    do {
      const page = await this.#explained('s3:ListBucket', prefix, signal, () =>
        this.#client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
          { abortSignal: signal },
        ),
      );
      for (const { Key: key, Size: bytes = 0, ETag: etag = '' } of page.Contents ?? []) {
        if (key !== undefined) yield { key, bytes, etag: unquoted(etag) };
      }
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async head(key: string, signal: AbortSignal): Promise<BucketObject> {
    const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
    const { bucket } = this.#settings;
    const { ContentLength: bytes = 0, ETag: etag = '' } = await this.#explained(
      's3:GetObject',
      key,
      signal,
      () => this.#client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal }),
    );
    return { key, bytes, etag: unquoted(etag) };
  }

  async read({ key, etag }: BucketObject, from: number, signal: AbortSignal): Promise<ObjectBody> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const answer = await this.#explained('s3:GetObject', key, signal, () =>
      this.#client.send(
        new GetObjectCommand({
          Bucket: this.#settings.bucket,
          Key: key,
          IfMatch: `"${etag}"`,
          ...(from > 0 ? { Range: `bytes=${from}-` } : {}),
        }),
        { abortSignal: signal },
      ),
    );
    const isKms = answer.ServerSideEncryption?.startsWith('aws:kms') ?? false;
    return {
      pieces: answer.Body as unknown as AsyncIterable<Uint8Array>,
      isEtagMd5: !isKms && answer.SSECustomerAlgorithm === undefined && /^[0-9a-f]{32}$/.test(etag),
    };
  }

  close(): void {
    this.#client.destroy();
  }

  async #explained<T>(action: string, key: string, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (thrown) {
      signal.throwIfAborted();
      throw this.#explain(thrown, action, key) ?? thrown;
    }
  }

  #explain(thrown: unknown, action: string, key: string): AppError | null {
    const { bucket, profile, env } = this.#settings;
    return awsFailure(thrown, {
      action,
      target: `s3://${bucket}/${key}`,
      bucket,
      profile: profile === '' ? usualProfile(env) : profile,
      now: Date.now(),
    });
  }
}

const unquoted = (etag: string) => etag.replace(/^"|"$/g, '');
