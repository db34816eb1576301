import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Transform } from 'node:stream';
import { AppError, type PlainError, toPlainError } from '../../shared/contract/errors.ts';
import type { FileDoor } from '../services/file-door.ts';

export const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;
/** An upload that sends nothing for this long has been abandoned. */
const IDLE_MILLISECONDS = 60_000;

/**
 * Streams the body of `POST /upload?name=` to the file door and answers its ticket, or a PlainError. What breaks off
 * or grows too large is given up, and the door removes what it had written.
 */
export async function receiveUpload(
  files: FileDoor,
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<void> {
  const name = new URL(request.url ?? '', 'http://localhost').searchParams.get('name') ?? '';
  try {
    checkName(name);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new UploadTooLarge(name, maxBytes);
    const counter = countBytes(name, maxBytes);
    request.setTimeout(IDLE_MILLISECONDS, () => request.destroy());
    // Failures reach the door through the counter, which the pipeline destroys.
    pipeline(request, counter.stream, () => {});
    const ticket = await files.receive(name, counter.stream).catch((thrown) => {
      throw counter.overflow() ?? thrown;
    });
    answer(response, 200, ticket);
  } catch (thrown) {
    const error = toPlainError(thrown);
    // The rest of the body is of no use: say so, and hang up once the answer is out.
    response.setHeader('Connection', 'close');
    response.on('finish', () => request.destroy());
    answer(response, statusOf(thrown, error), error);
  }
}

function checkName(name: string): void {
  const isControl = (character: string) => character < ' ' || character === '\x7f';
  if (name === '' || name.length > 255 || [...name].some(isControl)) {
    throw new AppError('bad-request', 'An upload needs a file name of 1 to 255 characters', {
      field: 'name',
    });
  }
}

function countBytes(name: string, maxBytes: number) {
  let bytes = 0;
  let error: UploadTooLarge | null = null;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) error = new UploadTooLarge(name, maxBytes);
      if (error === null) done(null, chunk);
      else done(error);
    },
  });
  return { stream, overflow: () => error };
}

class UploadTooLarge extends AppError {
  constructor(name: string, maxBytes: number) {
    super('bad-request', `${name} is larger than ${maxBytes} bytes, the most an upload may have`, {
      file: name,
      hint: 'Split the file, or import it in the terminal with: hindsight import.',
    });
  }
}

function statusOf(thrown: unknown, { code }: PlainError): number {
  if (thrown instanceof UploadTooLarge) return 413;
  if (code === 'disk') return 507;
  return code === 'internal' ? 500 : 400;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
