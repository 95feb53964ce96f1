/** The bytes of a file as they come: from a path or standard input, unpacked when they are gzip. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { CallError, InputError, messageOf, OutsideError, systemCode } from '#platform/errors.ts';

export type Bytes = AsyncIterable<Uint8Array>;

export type Source = {
  /** What messages call it: the path as given, or `standard input`. */
  name: string;
  bytes: Bytes;
  /** How much of it has been read, 0 … 1; null when its size is not known. */
  progress: () => number | null;
};

const CHUNK = 256 * 1024;
/** Packed bytes unpacked at a time, so that what they grow to stays small in memory. */
const PORTION = 16 * 1024;
/** CSV seldom packs better than 1 : 30. Past both limits the file is made to fill a disk, not to be read. */
const MOST_UNPACKED = 64 * 1024 * 1024;
const MOST_RATIO = 250;

/**
 * Opens a path (already resolved), or `-` for standard input. Gzip is told by its first bytes, not by the name.
 *
 * @param name what messages call the file
 * @throws InputError when there is no such file, OutsideError when it cannot be opened
 */
export async function openSource(path: string, name: string, stdin: Bytes): Promise<Source> {
  const raw = path === '-' ? { bytes: stdin, size: null } : await openFile(path, name);
  let read = 0;
  const counted = async function* () {
    for await (const chunk of raw.bytes) {
      read += chunk.length;
      yield chunk;
    }
  };
  return {
    name,
    bytes: unpacked(counted(), name),
    progress: () => (raw.size === null || raw.size === 0 ? null : read / raw.size),
  };
}

async function openFile(path: string, name: string): Promise<{ bytes: Bytes; size: number | null }> {
  try {
    const file = await open(path);
    const stat = await file.stat();
    if (stat.isDirectory()) {
      await file.close();
      throw new InputError(`${name} is a folder; wanted a CSV file`);
    }
    const stream = createReadStream(path, { fd: file, highWaterMark: CHUNK });
    return { bytes: reading(stream, name), size: stat.isFile() ? stat.size : null };
  } catch (error) {
    throw openFailure(error, name);
  }
}

function openFailure(error: unknown, name: string): Error {
  if (error instanceof InputError) return error;
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new InputError(`${name}: there is no such file`);
    case 'EACCES':
    case 'EPERM':
      return new OutsideError(`${name} may not be read by this user`);
    case 'ERR_INVALID_ARG_VALUE':
      return new CallError(`${JSON.stringify(name)} is not a file name`);
    default:
      return new OutsideError(`${name} could not be opened: ${messageOf(error)}`);
  }
}

async function* reading(bytes: Bytes, name: string): Bytes {
  try {
    yield* bytes;
  } catch (error) {
    throw new OutsideError(`${name} could not be read to its end: ${messageOf(error)}`);
  }
}

async function* unpacked(bytes: Bytes, name: string): AsyncGenerator<Uint8Array> {
  const chunks = bytes[Symbol.asyncIterator]();
  try {
    let head: Uint8Array = new Uint8Array();
    let more = true;
    while (head.length < 2 && more) {
      const next = await chunks.next();
      if (next.done) more = false;
      else head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    }
    const whole = { [Symbol.asyncIterator]: () => startingWith(head, chunks) };
    if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(whole, name);
    else yield* whole;
  } finally {
    await chunks.return?.();
  }
}

async function* startingWith(
  head: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

/** Everything that can be unpacked is handed on before a fault of the packed stream is told. */
async function* gunzip(bytes: Bytes, name: string): AsyncGenerator<Uint8Array> {
  const unpack = createGunzip({ chunkSize: CHUNK });
  let ready: Uint8Array[] = [];
  let fault: Error | null = null;
  const { promise: over, resolve: finish } = Promise.withResolvers<void>();
  unpack.on('data', (chunk: Uint8Array) => ready.push(chunk));
  unpack.on('end', finish);
  unpack.on('error', (error) => {
    fault = gzipFault(error, name);
    finish();
  });
  const take = () => {
    const taken = ready;
    ready = [];
    return taken;
  };

  let [packed, out] = [0, 0];
  try {
    for await (const chunk of bytes) {
      for (let at = 0; at < chunk.length && fault === null; at += PORTION) {
        const portion = chunk.subarray(at, at + PORTION);
        const { promise: written, resolve } = Promise.withResolvers<void>();
        unpack.write(portion, () => resolve());
        await Promise.race([written, over]);
        packed += portion.length;
        for (const plain of take()) {
          out += plain.length;
          if (out > MOST_UNPACKED && out > packed * MOST_RATIO) throw bomb(name);
          yield plain;
        }
      }
      if (fault !== null) break;
    }
    unpack.end();
    await over;
    yield* take();
    if (fault !== null) throw fault;
  } finally {
    unpack.destroy();
  }
}

const bomb = (name: string) =>
  new InputError(
    `${name} unpacks to more than ${MOST_RATIO} times its size, which no list of leads does; unpack it yourself if it is what you want read`,
  );

function gzipFault(error: unknown, name: string): Error {
  const what =
    systemCode(error) === 'Z_BUF_ERROR' ? 'is cut short: its gzip stream does not end' : 'is damaged';
  const why = systemCode(error) === 'Z_BUF_ERROR' ? '' : ` (gzip: ${messageOf(error)})`;
  return new InputError(`${name} ${what}${why}; copy or download it again`);
}
