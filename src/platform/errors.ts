/**
 * What can be at fault when something cannot be done. Each message is one or two sentences for the person at the
 * keyboard: what was found, what was wanted, what to do.
 */

/** A file, a row or a pact is not what it should be. */
export class InputError extends Error {
  override name = 'InputError';
}

/** The command was called wrongly: an unknown option, a missing file name. */
export class CallError extends Error {
  override name = 'CallError';
}

/** Something outside failed: the disk, the network, the database. */
export class OutsideError extends Error {
  override name = 'OutsideError';
}

/** The code of a system error (`ENOENT`, `EPIPE`), or null when the error is something else. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
