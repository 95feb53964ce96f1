import pg from 'pg';
import { InputError } from '#platform/errors.ts';

/** Where a server answers, and as whom. */
export type Login = {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** As `sslmode` and its like in a URL say. */
  ssl?: pg.ClientConfig['ssl'];
};

/** Whether it can be handed to another thread: what some URLs ask of TLS becomes a function, and no function can. */
export const isPassable = ({ ssl }: Login): boolean =>
  typeof ssl !== 'object' || Object.values(ssl).every((setting) => typeof setting !== 'function');

const WANTED = 'postgres://user:password@host:5432/database, with further hosts after a comma';

/**
 * The logins of a `DATABASE_URL`, one per host of its comma list: `postgres://u:p@a:5432,b:5433/db`. What the URL
 * leaves out is what `psql` would take: the `PG…` variables, then 5432 and the user's own name.
 * @throws InputError without the password in it.
 */
export function readLogins(url: string): Login[] {
  const match = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/.exec(url);
  if (!match) throw new InputError(`DATABASE_URL is not a PostgreSQL URL; wanted ${WANTED}.`);
  const [, before = '', hosts = '', after = ''] = match;
  return hosts.split(',').map((host) => readLogin(`${before}${host.trim()}${after}`, host));
}

function readLogin(url: string, host: string): Login {
  try {
    const {
      host,
      port,
      database = '',
      user = '',
      password = '',
      ssl,
    } = new pg.Client({ connectionString: url });
    return { host, port, database, user, password, ...(ssl && { ssl }) };
  } catch {
    throw new InputError(`DATABASE_URL cannot be read at its host "${host}"; wanted ${WANTED}.`);
  }
}

/** A server's name for messages and logs: never with its password. */
export const nameOf = ({ host, port, database, user }: Login): string =>
  `${user}@${host}:${port}/${database}`;
