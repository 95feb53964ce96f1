import { basename, resolve } from 'node:path';
import { CallError } from '#platform/errors.ts';
import type { Io } from './io.ts';

/** A path as it was given, in the folder the command was called from; `-` stays what it is. */
export const pathOf = (io: Io, given: string): string => (given === '-' ? given : resolve(io.folder, given));

/** What messages call a file. */
export const nameOf = (given: string): string => (given === '-' ? 'standard input' : given);

/** Where the rejected rows of a file are written when nobody says. */
export const rejectsPathOf = (io: Io, name: string): string =>
  resolve(io.folder, `${name === 'standard input' ? 'stdin' : basename(name)}.rejects.csv`);

/** @throws CallError when more than one file is to come from standard input */
export function checkOneStdin(files: readonly (string | undefined)[]): void {
  if (files.filter((file) => file === '-').length > 1) {
    throw new CallError('only one file can come from standard input (-)');
  }
}
