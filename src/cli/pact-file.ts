/** A pact read from a file. */
import { readFile } from 'node:fs/promises';
import { type ParsedPact, parsePact } from '#engine/pact/parse.ts';
import { InputError, messageOf, OutsideError, systemCode } from '#platform/errors.ts';
import type { Io } from './io.ts';
import { nameOf, pathOf } from './paths.ts';

/**
 * @param given the path as it was given, or `-` for standard input
 * @throws PactError when it is no pact, InputError when there is no such file
 */
export const readPact = async (io: Io, given: string): Promise<ParsedPact> =>
  parsePact(await bytesOf(io, given), nameOf(given));

/**
 * The same with the file's text, to be sent on.
 * @throws PactError when it is no pact, InputError when there is no such file
 */
export async function readPactText(io: Io, given: string): Promise<{ text: string; parsed: ParsedPact }> {
  const bytes = await bytesOf(io, given);
  const parsed = parsePact(bytes, nameOf(given));
  return { text: new TextDecoder().decode(bytes), parsed };
}

async function bytesOf(io: Io, given: string): Promise<Uint8Array> {
  if (given === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of io.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(pathOf(io, given));
  } catch (error) {
    switch (systemCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new InputError(`${given}: there is no such file`);
      case 'EISDIR':
        throw new InputError(`${given} is a folder; wanted a pact file`);
      default:
        throw new OutsideError(`${given} could not be read: ${messageOf(error)}`);
    }
  }
}
