/**
 * The body of an ingest request, read by its bytes. Clients lie about what they send: gzip comes as a form, JSON as
 * plain text; a validator chosen by the declared type can be walked around. So nothing here looks at headers.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** The most that a body may be, unpacked: a browser's and a server's largest batches fit several times. */
export const LARGEST_BODY = 4 * 1024 * 1024;

/** Why a body is refused as a whole, with the status that tells an official client what to do. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly status: 400 | 413;

  constructor(status: 400 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

const unpack = promisify(gunzip);

/**
 * The JSON object in a body, packed by gzip or not.
 *
 * @throws BodyError 413 above 4 MiB unpacked, 400 when it is no JSON object
 */
export async function readBody(bytes: Buffer): Promise<Record<string, unknown>> {
  const plain = isGzip(bytes) ? await unpacked(bytes) : bytes;
  if (plain.length > LARGEST_BODY) throw tooLarge();
  const value = parse(plain);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BodyError(400, `found ${nameOf(value)}, wanted a JSON object such as {"batch": […]}`);
  }
  return value as Record<string, unknown>;
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function unpacked(bytes: Buffer): Promise<Buffer> {
  try {
    return await unpack(bytes, { maxOutputLength: LARGEST_BODY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new BodyError(400, 'the body begins like gzip but cannot be unpacked; it may have been cut short');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(bytes: Buffer): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes); // drops a byte order mark
  } catch {
    throw new BodyError(400, 'the body is not UTF-8 text');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === '') throw new BodyError(400, 'the body is empty, wanted JSON');
    throw new BodyError(400, `the body is not JSON: ${(error as SyntaxError).message}`);
  }
}

const tooLarge = (): BodyError => new BodyError(413, 'the body is over 4 MiB; send smaller batches');

const nameOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
