/** When the last backup was written, kept in the data directory for the doctor. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#platform/config/config.ts';

type Place = Pick<Config, 'dataDirectory'>;
const pathIn = ({ dataDirectory }: Place): string => join(dataDirectory, 'last-backup');

export async function keepMoment(place: Place, at: number): Promise<void> {
  await mkdir(place.dataDirectory, { recursive: true });
  await writeFile(pathIn(place), `${new Date(at).toISOString()}\n`);
}

/** Null when none was written, or nobody can tell when. */
export function readMoment(place: Place): number | null {
  const path = pathIn(place);
  if (!existsSync(path)) return null;
  const at = Date.parse(readFileSync(path, 'utf8').trim());
  return Number.isNaN(at) ? null : at;
}
