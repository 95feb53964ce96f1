import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '#platform/config/config.ts';
import { messageOf, OutsideError, systemCode } from '#platform/errors.ts';

/**
 * The installation's secret: as the environment gives it, else the one kept in the data directory, made at the first
 * start. Two processes that start at once agree on one.
 */
export async function readSecret(config: Config): Promise<string> {
  if (config.secret !== null) return config.secret;
  const path = join(config.dataDirectory, 'secret');
  if (!existsSync(path)) await makeSecret(path);
  const secret = await readFile(path, 'utf8').catch((error) => {
    throw unusable(path, error);
  });
  if (secret.trim().length < 32) {
    throw new OutsideError(
      `${path} holds ${secret.trim().length} characters, a secret has 32 or more. Restore it from a backup, or delete it to have a new one made: everybody then signs in again.`,
    );
  }
  return secret.trim();
}

async function makeSecret(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.${randomUUID()}`;
    await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    await link(draft, path).finally(() => unlink(draft)); // a link is made whole, or refused when the name is taken
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw unusable(path, error);
  }
}

const unusable = (path: string, error: unknown): OutsideError =>
  new OutsideError(
    `The secret cannot be kept in ${path}: ${messageOf(error)}. Make the data directory writable, choose another with LEADPACT_DATA, or set LEADPACT_SECRET.`,
    { cause: error },
  );
