/**
 * For connections on which copied rows come by the hundred megabytes. Node reads each few kilobytes of a socket into new
 * memory, and `pg` puts messages that are longer than that together in other memory, which doubles as they come: to
 * touch all that, and to find what of it is no longer needed, takes several times as long as to read it.
 */
import { Socket } from 'node:net';
import { OutsideError } from '#platform/errors.ts';

const BUFFER = 262_144;

/** Takes what has come in. It is to be read at once: the memory is used again. */
type Take = (bytes: Buffer) => void;

/** A socket that reads into one buffer over and over. */
export class BulkSocket extends Socket {
  #take: Take | null = null;

  constructor() {
    const buffer = Buffer.allocUnsafeSlow(BUFFER);
    const callback = (length: number): boolean => {
      this.#read(buffer.subarray(0, length));
      return true;
    };
    super({ onread: { buffer, callback } });
  }

  /** Hands what comes in to somebody else than those who listen; null to these again. */
  divert(take: Take | null): void {
    this.#take = take;
  }

  /** Hands bytes on to those who listen. */
  hand(bytes: Buffer): void {
    if (bytes.length > 0) this.emit('data', Buffer.from(bytes)); // they may keep it
  }

  #read(bytes: Buffer): void {
    if (this.#take === null) this.hand(bytes);
    else this.#take(bytes);
  }
}

/** A message is a byte that says what it is, its length, which counts itself, and so much more (protocol 3.0, 54.7). */
const CODE = 1;
const HEADER = 5;
const COPY_DATA = 'd'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);
/** What else there is in the answer to a COPY. */
const OTHERS = new Set([...'HcCENSA'].map((code) => code.charCodeAt(0)));

/** Reads the answer to a COPY that is about to be sent; all of it that is not copied data goes on to who listens. */
export class CopiedAnswer {
  readonly #socket: BulkSocket;
  readonly #take: Take;
  /** The message that comes in, as far as it has, where that is not all. */
  #message = Buffer.allocUnsafeSlow(HEADER);
  #filled = 0;

  constructor(socket: BulkSocket, take: Take) {
    this.#socket = socket;
    this.#take = take;
    socket.divert((bytes) => this.#read(bytes));
  }

  #read(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const whole = this.#wholeAt(bytes, at);
      at += whole === null ? this.#fill(bytes, at) : whole.length;
      const message = whole ?? this.#filledMessage();
      if (message === null) continue;
      const code = message[0]!;
      if (code === COPY_DATA) this.#take(message.subarray(HEADER));
      else if (OTHERS.has(code)) this.#socket.hand(message);
      else {
        this.#end(code, message, bytes.subarray(at));
        return;
      }
    }
  }

  /** Gives way to who listens; with a message that is none of an answer's nobody can go on. */
  #end(code: number, message: Buffer, rest: Buffer): void {
    if (code === READY_FOR_QUERY) {
      this.#socket.divert(null);
      this.#socket.hand(message);
      this.#socket.hand(rest);
      return;
    }
    this.#socket.divert(() => undefined);
    const said = JSON.stringify(String.fromCharCode(code));
    this.#socket.destroy(new OutsideError(`the database answered a COPY with a message of the kind ${said}`));
  }

  /** A message that begins there and is all there. */
  #wholeAt(bytes: Buffer, at: number): Buffer | null {
    if (this.#filled > 0 || bytes.length - at < HEADER) return null;
    const end = at + CODE + bytes.readUInt32BE(at + CODE);
    return end <= bytes.length ? bytes.subarray(at, end) : null;
  }

  /** Puts together what comes in parts. @returns how many bytes it took */
  #fill(bytes: Buffer, at: number): number {
    const wanted = this.#filled < HEADER ? HEADER : this.#length();
    if (this.#message.length < wanted) {
      const larger = Buffer.allocUnsafeSlow(wanted + (wanted >> 1));
      this.#message.copy(larger, 0, 0, this.#filled);
      this.#message = larger;
    }
    const count = Math.min(bytes.length - at, wanted - this.#filled);
    bytes.copy(this.#message, this.#filled, at, at + count);
    this.#filled += count;
    return count;
  }

  #length(): number {
    return CODE + this.#message.readUInt32BE(CODE);
  }

  /** What was put together, when it is a message. */
  #filledMessage(): Buffer | null {
    if (this.#filled < HEADER || this.#filled < this.#length()) return null;
    const message = this.#message.subarray(0, this.#filled);
    this.#filled = 0;
    return message;
  }
}
