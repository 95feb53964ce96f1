/** A session with the database as the owner of its tables, for who looks after the installation. Nothing is migrated. */
import type pg from 'pg';
import type { Config } from '#platform/config/config.ts';
import { findEmbedded, startEmbedded } from '#platform/db/embedded/embedded.ts';
import { type Login, readLogins } from '#platform/db/login.ts';
import { openOwner } from '#platform/db/start.ts';
import type { Log } from '#platform/log.ts';

export type OwnerWork<T> = (session: pg.Client, login: Login) => Promise<T>;

/**
 * Works beside a running Leadpact, or without one: then the embedded server runs for as long as the work takes.
 * @throws OutsideError that says what is in the way and what to do
 */
export async function asOwner<T>(config: Config, log: Log, work: OwnerWork<T>): Promise<T> {
  const { databaseUrl, dataDirectory } = config;
  if (databaseUrl !== null) return withSession(readLogins(databaseUrl), work);
  const found = findEmbedded(dataDirectory);
  if (found !== null) return withSession([found.owner], work);
  const embedded = await startEmbedded({ dataDirectory, log });
  return withSession([embedded.logins().owner], work).finally(() => embedded.stop());
}

async function withSession<T>(logins: Login[], work: OwnerWork<T>): Promise<T> {
  const { session, login } = await openOwner(logins);
  return work(session, login).finally(() => session.end());
}
