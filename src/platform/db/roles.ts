import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Login, nameOf } from '#platform/db/login.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { messageOf, OutsideError, systemCode } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

const SCRAM_ROUNDS = 4096;

/**
 * The login of the application beside that of the tables' owner: a role of its own that owns nothing. Every node of an
 * installation works out the same password from the secret they share.
 */
export function appLogin(owner: Login, secret: string): Login {
  const user = `${owner.database}_app`.slice(0, 63);
  const password = createHmac('sha256', secret)
    .update(`the role ${user} of ${owner.database}`)
    .digest('base64url');
  return { ...owner, user, password };
}

/**
 * Makes sure that the application can log in as itself, and that row-level security binds it.
 * @returns the login to use: the application's own, or the owner's where the owner may make no roles. Forced row-level
 * security binds an owner too, only less firmly: it could undo it.
 * @throws OutsideError where nothing would bind it.
 */
export async function settleApp(
  owner: pg.ClientBase,
  ownerLogin: Login,
  app: Login,
  log: Log,
): Promise<Login> {
  const exists = await roleExists(owner, app);
  if (exists && (await canLogIn(app))) return bound(owner, app);
  try {
    await makeRole(owner, app, exists);
  } catch (error) {
    if (systemCode(error) !== '42501') throw error;
    log.warn(
      `${ownerLogin.user} may not make roles, so the application works as ${ownerLogin.user} itself. To keep the two apart, run as an administrator: CREATE ROLE ${quoted(app.user)}; ALTER ROLE ${quoted(ownerLogin.user)} CREATEROLE; then start again.`,
    );
    return bound(owner, ownerLogin);
  }
  if (await canLogIn(app)) return bound(owner, app);
  log.warn(
    `The server does not let ${nameOf(app)} log in (see its pg_hba.conf), so the application works as ${ownerLogin.user} itself.`,
  );
  return bound(owner, ownerLogin);
}

async function roleExists(owner: pg.ClientBase, { user }: Login): Promise<boolean> {
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [user]);
  return rowCount === 1;
}

/** Creates the role, or gives it the password it should have. The server is sent a verifier, never the password. */
async function makeRole(owner: pg.ClientBase, { user, password }: Login, exists: boolean): Promise<void> {
  const rights = exists ? '' : 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION';
  const verifier = pg.escapeLiteral(scramVerifier(password));
  await owner.query(
    `${exists ? 'ALTER' : 'CREATE'} ROLE ${quoted(user)} LOGIN ${rights} PASSWORD ${verifier}`,
  );
}

async function canLogIn(login: Login): Promise<boolean> {
  try {
    const client = await connectOnce(login, 'leadpact start');
    await client.end();
    return true;
  } catch (error) {
    if (systemCode(error)?.startsWith('28')) return false;
    throw new OutsideError(`${nameOf(login)} cannot be reached: ${messageOf(error)}.`, { cause: error });
  }
}

async function bound(owner: pg.ClientBase, login: Login): Promise<Login> {
  const { rows } = await owner.query(
    'SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = $1',
    [login.user],
  );
  if (!(rows[0] as { free: boolean }).free) return login;
  throw new OutsideError(
    `The application would work as ${login.user}, whom row-level security does not bind (SUPERUSER or BYPASSRLS): workspaces would see each other. Give DATABASE_URL a user without these, or let ${login.user}'s server accept logins by password.`,
  );
}

/** What PostgreSQL keeps of a password (RFC 5803): sent in its place, the password reaches no log. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, SCRAM_ROUNDS, 32, 'sha256');
  const keyed = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${SCRAM_ROUNDS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}

const quoted = (name: string): string => pg.escapeIdentifier(name);
