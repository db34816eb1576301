import { createHash } from 'node:crypto';
import { type Answer, ranged, type SeenRequest, StandIn } from './stand-in.ts';

// The few calls of S3 that a reader makes, path style: ListObjectsV2, HeadObject, GetObject.

export interface S3StandInOptions {
  readonly bucket: string;
  /** Key IDs that may call, and those that may not read. */
  readonly keyIds: readonly string[];
  readonly deniedKeyIds: readonly string[];
  readonly pageSize: number;
}

interface StoredObject {
  readonly body: Uint8Array;
  readonly etag: string;
}

const md5 = (body: Uint8Array | string) => createHash('md5').update(body).digest('hex');
const refuse = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'Content-Type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>1</RequestId></Error>`,
});

export class S3StandIn extends StandIn {
  readonly objects: Map<string, StoredObject>;

  constructor(options: S3StandInOptions) {
    const objects = new Map<string, StoredObject>();
    super((request) => answer(options, objects, request));
    this.objects = objects;
  }

  put(key: string, body: string | Uint8Array): void {
    const bytes = Buffer.from(body);
    this.objects.set(key, { body: bytes, etag: md5(bytes) });
  }

  /** As a multipart upload leaves it: the ETag is no MD5 of the content. */
  putInParts(key: string, body: Uint8Array): void {
    this.objects.set(key, { body, etag: `${md5(md5(body))}-3` });
  }
}

function answer(
  { bucket, keyIds, deniedKeyIds, pageSize }: S3StandInOptions,
  objects: ReadonlyMap<string, StoredObject>,
  { url, headers }: SeenRequest,
): Answer {
  const keyId = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
  if (deniedKeyIds.includes(keyId)) return refuse(403, 'AccessDenied', 'Access Denied');
  if (!keyIds.includes(keyId))
    return refuse(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist.');
  const [, found, key = ''] = /^\/([^/]+)\/?(.*)$/s.exec(decodeURIComponent(url.pathname)) ?? [];
  if (found !== bucket) return refuse(404, 'NoSuchBucket', 'The specified bucket does not exist');
  if (key === '') return list(objects, url, bucket, pageSize);
  const object = objects.get(key);
  if (object === undefined) return refuse(404, 'NoSuchKey', 'The specified key does not exist.');
  const etag = `"${object.etag}"`;
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag)
    return refuse(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  return ranged(object.body, headers.range, { ETag: etag, 'Content-Type': 'binary/octet-stream' });
}

function list(
  objects: ReadonlyMap<string, StoredObject>,
  url: URL,
  bucket: string,
  pageSize: number,
): Answer {
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = url.searchParams.get('continuation-token') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, pageSize);
  const isTruncated = keys.length > page.length;
  const contents = page.map((key) => {
    const { body, etag } = objects.get(key)!;
    return `<Contents><Key>${escaped(key)}</Key><LastModified>2024-07-01T00:00:00.000Z</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const next = isTruncated ? `<NextContinuationToken>${escaped(page.at(-1)!)}</NextContinuationToken>` : '';
  return {
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${pageSize}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
  };
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
