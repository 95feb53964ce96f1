import { OutsideError, systemCode } from '#platform/errors.ts';

/** The database cannot be used just now. Ask again later (429 with Retry-After at the ingest door, 503 elsewhere). */
export class DatabaseAway extends OutsideError {
  override name = 'DatabaseAway';
}

/**
 * The connection was lost while COMMIT was under way: it may or may not have happened. Look by key, do not repeat
 * blindly.
 */
export class OutcomeUnknown extends OutsideError {
  override name = 'OutcomeUnknown';
}

/** Others changed the same rows at the same time, and went on doing so through every repeat. */
export class Contended extends OutsideError {
  override name = 'Contended';
}

/**
 * What a failure means for the transaction it came up in.
 * - `repeat`: undone for the sake of another one; the same again may well succeed.
 * - `lost`: the connection, or the server behind it, is no longer usable; nothing was committed.
 * - `away`: undone because the server is slow or out of room; the same again at once would make it worse.
 * - `own`: the statement itself is at fault.
 */
export type Meaning = 'repeat' | 'lost' | 'away' | 'own';

const repeatable = new Set(['40001', '40P01']);
const lost = new Set([
  '25006', // read only: a standby, or a primary that became one
  '53300', // too many connections
  '57P01', // ended by an administrator
  '57P02', // ended by the crash of another session
  '57P03', // starting up, or shutting down
  '57P05', // idle for too long
  '25P03', // idle in a transaction for too long
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
const away = new Set([
  '53100', // the disk is full
  '53200', // out of memory
  '55P03', // a lock was not to be had in time
  '57014', // the statement took too long
  '58030', // the disk failed
]);
/** What `pg` itself says, without a code. */
const lostWords =
  /^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout exceeded when trying to connect|Client was closed)/;

export function meaningOf(error: unknown): Meaning {
  const code = systemCode(error) ?? '';
  if (repeatable.has(code)) return 'repeat';
  if (away.has(code)) return 'away';
  if (lost.has(code) || code.startsWith('08')) return 'lost';
  if (code === '' && error instanceof Error && lostWords.test(error.message)) return 'lost';
  return 'own';
}
