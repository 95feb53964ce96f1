/** What makes two imports the same one: the file's bytes, and how they are to be read. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { messageOf, OutsideError } from '#platform/errors.ts';

/** @throws OutsideError when the file cannot be read to its end */
export async function digestOf(path: string, name: string, how: unknown): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(how));
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new OutsideError(`${name} could not be read: ${messageOf(error)}`, { cause: error });
  }
  return `sha256:${hash.digest('hex')}`;
}
