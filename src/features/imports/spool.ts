/** A file that comes in, kept on disk until it was read: its digest is known only at its end, and it is read twice. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCode } from '#platform/errors.ts';
import { HttpProblem } from '#platform/http/problem.ts';

export type Spooled = { path: string; remove: () => Promise<void> };

/**
 * @param most the most bytes that are taken
 * @throws HttpProblem 413 when there are more, 400 when they end half way, 507 when the disk is full; nothing is left then
 */
export async function spool(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Spooled> {
  let folder: string | null = null;
  const remove = async (): Promise<void> => {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  };
  try {
    folder = await mkdtemp(join(tmpdir(), 'leadpact-import-'));
    const path = join(folder, 'file');
    await write(path, bytes, most);
    return { path, remove };
  } catch (error) {
    await remove();
    throw refusal(error);
  }
}

/** Piece by piece: a pipe whose writer fails waits for its reader, and so the sender for an answer. */
async function write(path: string, bytes: AsyncIterable<Uint8Array>, most: number): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    let read = 0;
    for await (const piece of bytes) {
      read += piece.length;
      if (read > most) throw tooLarge(most);
      await file.appendFile(piece);
    }
  } finally {
    await file.close();
  }
}

const tooLarge = (most: number): HttpProblem => {
  const mib = Math.floor(most / 1024 / 1024);
  return new HttpProblem(
    413,
    'too_large',
    `The file has more than ${mib} MiB: pack it, or send it in parts.`,
  );
};

function refusal(error: unknown): unknown {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new HttpProblem(
      507,
      'no_room',
      'There is no room on disk for this file just now. Nothing was taken in.',
    );
  }
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new HttpProblem(400, 'cut_off', 'The file ended half way. Nothing was taken in: send it again.');
  }
  return error;
}
