/**
 * From bytes to text, never guessing in silence.
 *
 * UTF-8 is checked over the whole file: the first accent may come after a million rows. Text is handed on while it
 * is plain ASCII; at the first byte that is not, what follows is looked at and the encoding decided. Bytes that do
 * not fit the encoding come out as `BROKEN`, so that the row they stand in can be rejected.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { CallError, InputError } from '#platform/errors.ts';
import { type Guess, guessEncoding } from './legacy.ts';
import { foreignKind, isBinary } from './signatures.ts';
import type { Bytes } from './source.ts';

/** Stands for bytes that cannot be read: half of a surrogate pair, which no readable text contains. */
export const BROKEN = '\uDC80';

export type Decoding = {
  name: string;
  /** An encoding by name, instead of finding out. */
  encoding?: string | undefined;
  /** Told of what was found when it is not UTF-8. */
  note: (sentence: string) => void;
};

/** Turns bytes into text, chunk by chunk. */
type Decoder = { write(bytes: Buffer): string; end(): string };

/** How much is looked at to tell one encoding from another. */
const WINDOW = 64 * 1024;
/** A little of what stands before the first odd byte: the word it is in. */
const BEFORE = 40;
const LINE_END = 10;

/** @throws InputError when the bytes are of no encoding that can be told */
export async function* decode(bytes: Bytes, how: Decoding): AsyncGenerator<string> {
  const chunks = bytes[Symbol.asyncIterator]();
  try {
    yield* decodeChunks(chunks, how);
  } finally {
    await chunks.return?.();
  }
}

async function* decodeChunks(chunks: AsyncIterator<Uint8Array>, how: Decoding): AsyncGenerator<string> {
  let [head, more] = await gather(chunks, Buffer.alloc(0), 4096);
  refuseForeign(head, how.name);
  const decoder = decoderByName(how) ?? decoderByMark(head) ?? decoderByZeros(head);
  if (decoder === null && isBinary(head)) {
    throw new InputError(`${how.name} is not text; wanted CSV`);
  }
  if (decoder === null) yield* decodeAsciiBased(head, more, chunks, how);
  else {
    for (; more; [head, more] = await gather(chunks, Buffer.alloc(0), 1)) yield decoder.write(head);
    yield decoder.write(head) + decoder.end();
  }
}

function refuseForeign(head: Buffer, name: string): void {
  const kind = foreignKind(head);
  if (kind !== null) throw new InputError(`${name} is ${kind.is}; wanted CSV: ${kind.instead}`);
}

/** ASCII goes straight through; the first other byte decides between UTF-8 and what came before it. */
async function* decodeAsciiBased(
  head: Buffer,
  more: boolean,
  chunks: AsyncIterator<Uint8Array>,
  how: Decoding,
): AsyncGenerator<string> {
  while (more && isAscii(head)) {
    yield head.toString('latin1');
    [head, more] = await gather(chunks, Buffer.alloc(0), 1);
  }
  if (isAscii(head)) {
    yield head.toString('latin1');
    return;
  }
  const first = head.findIndex((byte) => byte >= 0x80);
  [head, more] = await gather(chunks, head, first + WINDOW, more);
  const decoder = decide(head.subarray(Math.max(0, first - BEFORE), first + WINDOW), how);
  for (; more; [head, more] = await gather(chunks, Buffer.alloc(0), 1)) yield decoder.write(head);
  yield decoder.write(head) + decoder.end();
}

/** Reads on until there are `least` bytes; the flag says whether there is more to come. */
async function gather(
  chunks: AsyncIterator<Uint8Array>,
  start: Buffer,
  least: number,
  more = true,
): Promise<[Buffer, boolean]> {
  const parts = [start];
  let length = start.length;
  while (more && length < least) {
    const next = await chunks.next();
    if (next.done) more = false;
    else {
      const { buffer, byteOffset, byteLength } = next.value;
      parts.push(Buffer.from(buffer, byteOffset, byteLength));
      length += byteLength;
    }
  }
  return [parts.length === 2 && start.length === 0 ? parts[1]! : Buffer.concat(parts), more];
}

function decoderByName({ encoding }: Decoding): Decoder | null {
  if (encoding === undefined) return null;
  if (!iconv.encodingExists(encoding)) {
    throw new CallError(
      `--encoding ${encoding}: no encoding has this name; for instance utf-8, windows-1252, shift_jis`,
    );
  }
  return /^utf-?8$/i.test(encoding) ? new Utf8() : new Legacy(encoding);
}

function decoderByMark(head: Buffer): Decoder | null {
  const mark = head.toString('hex', 0, 4);
  if (mark.startsWith('efbbbf')) return new Utf8();
  if (mark === 'fffe0000') return new Legacy('utf-32le');
  if (mark === '0000feff') return new Legacy('utf-32be');
  if (mark.startsWith('fffe')) return new Legacy('utf-16le');
  if (mark.startsWith('feff')) return new Legacy('utf-16be');
  return null;
}

/**
 * UTF-16 without a mark: a table's commas, line ends and digits have a zero byte on one side. A few zeros alone are
 * not enough, or a short file with a NUL in a cell would be taken for it: a line must end, or most characters have one.
 */
function decoderByZeros(head: Buffer): Decoder | null {
  const zeros = [0, 0];
  const lineEnds = [0, 0];
  const characters = Math.floor(head.length / 2);
  for (let i = 0; i < characters * 2; i++) {
    if (head[i] !== 0) continue;
    zeros[i % 2]!++;
    if (head[i ^ 1] === LINE_END) lineEnds[i % 2]!++;
  }
  const standsOn = (side: 0 | 1) => {
    const many = zeros[side]! > characters / 8 && zeros[side]! > zeros[1 - side]! * 10;
    return many && (lineEnds[side]! > 0 || zeros[side]! > characters / 2);
  };
  if (standsOn(1)) return new Legacy('utf-16le');
  if (standsOn(0)) return new Legacy('utf-16be');
  return null;
}

/** UTF-8 when most of what is not ASCII fits it; else what `legacy.ts` makes of it. */
function decide(window: Buffer, how: Decoding): Decoder {
  const { fit, broken } = countUtf8(window);
  if (broken === 0 || fit >= broken * 4) return new Utf8();
  const guess: Guess = guessEncoding(window);
  if (guess.encoding === null) {
    throw new InputError(
      `${how.name} is not UTF-8, and ${guess.why}; save it as UTF-8, or name its encoding with --encoding`,
    );
  }
  how.note(
    `${how.name} is not UTF-8; read as ${guess.encoding} (${JSON.stringify(guess.sample)}). If that looks wrong, say --encoding NAME.`,
  );
  return new Legacy(guess.encoding);
}

/** How many characters beyond ASCII fit UTF-8, and how many bytes do not; a last one cut short is not counted. */
function countUtf8(bytes: Buffer): { fit: number; broken: number } {
  let [fit, broken] = [0, 0];
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!;
    const length =
      lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length > 1 && i + length > bytes.length) break;
    if (length === 0 || (length > 1 && !isUtf8(bytes.subarray(i, i + length)))) {
      broken++;
      i++;
    } else {
      if (length > 1) fit++;
      i += length;
    }
  }
  return { fit, broken };
}

class Utf8 implements Decoder {
  #rest: Buffer = Buffer.alloc(0);
  #started = false;

  write(chunk: Buffer): string {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const whole = bytes.length - cutShort(bytes);
    this.#rest = bytes.subarray(whole);
    bytes = bytes.subarray(0, whole);
    return this.#unmarked(utf8Text(bytes));
  }

  end(): string {
    return this.#rest.length > 0 ? BROKEN : '';
  }

  #unmarked(text: string): string {
    if (this.#started || text === '') return text;
    this.#started = true;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}

function utf8Text(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  // Line by line, so that only the lines with broken bytes are marked.
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found === -1 ? bytes.length : found + 1;
    const line = bytes.subarray(start, end);
    parts.push(isUtf8(line) ? line.toString('utf8') : line.toString('utf8').replaceAll('\uFFFD', BROKEN));
    start = end;
  }
  return parts.join('');
}

/** How many bytes at the end begin a character that goes on in the next chunk: 0 … 3. */
function cutShort(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** Any encoding by its name; its byte order mark is dropped, and what it cannot read is marked. */
class Legacy implements Decoder {
  readonly #decoder: iconv.DecoderStream;

  constructor(encoding: string) {
    this.#decoder = iconv.getDecoder(encoding, { stripBOM: true });
  }

  write(bytes: Buffer): string {
    return marked(this.#decoder.write(bytes));
  }

  end(): string {
    return marked(this.#decoder.end() ?? '');
  }
}

const marked = (text: string): string => (text.includes('\uFFFD') ? text.replaceAll('\uFFFD', BROKEN) : text);
