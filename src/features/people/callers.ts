/** Who is calling: a member who is signed in, or a program with an API key. */
import type { Standing } from '#contract/door.ts';
import { digestOf } from '#features/workspaces/secrets.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { isUuid } from '#platform/ids.ts';
import type { Doorkeeper } from './persons.ts';
import type { Caller } from './policy.ts';

/** The headers by which callers say who they are. */
export type Papers = { authorization?: string; cookie?: string; workspace?: string };

const USED_EVERY = 60_000;

/**
 * Reads nothing but what the caller brings; what was revoked, is over, or belongs to somebody who left counts for
 * nothing from that moment on.
 * @throws HttpProblem 401 for nobody, 403 for somebody who is in no workspace, or not in the one they ask for.
 */
export async function callerOf(keeper: Doorkeeper, papers: Papers): Promise<Caller> {
  if (papers.authorization !== undefined) return callerByKey(keeper, papers.authorization);
  const standing = await standingOf(keeper, papers.cookie);
  if (!standing) throw nobody('Sign in, or send an API key as Authorization: Bearer lp_….');
  return callerByStanding(standing, papers.workspace);
}

export const nobody = (detail: string): HttpProblem => new HttpProblem(401, 'not_signed_in', detail);

async function callerByKey({ database, clock }: Doorkeeper, authorization: string): Promise<Caller> {
  const secret = /^Bearer +(lp_[\w-]{20,100}) *$/i.exec(authorization)?.[1];
  const now = clock();
  const key =
    secret &&
    (await database.byCredential(digestOf(secret), (tx) =>
      tx
        .selectFrom('api_keys')
        .select(['workspace_id', 'id', 'member_id', 'party', 'scopes', 'expires_at', 'revoked_at', 'used_at'])
        .executeTakeFirst(),
    ));
  if (!key || key.revoked_at || (key.expires_at && key.expires_at.getTime() <= now)) {
    throw unknownKey();
  }
  if (!key.used_at || key.used_at.getTime() < now - USED_EVERY) {
    await database.inWorkspace(key.workspace_id, (tx) =>
      tx
        .updateTable('api_keys')
        .set({ used_at: new Date(now) })
        .where('workspace_id', '=', key.workspace_id)
        .where('id', '=', key.id)
        .execute(),
    );
  }
  const { workspace_id: workspace, id, member_id, party, scopes } = key;
  if (member_id === null) return { kind: 'key', workspace, id, party, scopes };
  const member = await database.inWorkspace(
    workspace,
    (tx) =>
      tx
        .selectFrom('members')
        .select(['id', 'party', 'rank'])
        .where('workspace_id', '=', workspace)
        .where('id', '=', member_id)
        .where('left_at', 'is', null)
        .executeTakeFirst(),
    { readOnly: true },
  );
  if (!member) throw unknownKey();
  return { kind: 'member', workspace, ...member, via: { key: id, scopes } };
}

const unknownKey = (): HttpProblem =>
  nobody('This API key is not known, was revoked, or is over. Ask a manager of the workspace for one.');

/** The session of a cookie and what it opens; null when there is none. */
export async function standingOf(
  { database, auth }: Doorkeeper,
  cookie: string | undefined,
): Promise<Standing | null> {
  if (cookie === undefined) return null;
  const { api } = await auth();
  const found = await api.getSession({ headers: new Headers({ cookie }) });
  if (!found) return null;
  const { session, user } = found;
  const rows = await database.asPerson(user.id, (tx) =>
    tx
      .selectFrom('members as m')
      .innerJoin('workspaces as w', 'w.workspace_id', 'm.workspace_id')
      .select(['w.workspace_id as id', 'w.name', 'm.id as member', 'm.party', 'm.rank'])
      .where('m.left_at', 'is', null)
      .where('m.joined_at', 'is not', null)
      .orderBy('m.joined_at')
      .orderBy('w.workspace_id')
      .execute(),
  );
  return {
    person: {
      id: user.id,
      name: user.name,
      email: user.email,
      second_factor: user.twoFactorEnabled === true,
    },
    expires_at: session.expiresAt.toISOString(),
    workspaces: rows,
  };
}

function callerByStanding({ workspaces }: Standing, wanted: string | undefined): Caller {
  if (wanted !== undefined && !isUuid(wanted)) {
    throw new HttpProblem(400, 'bad_workspace', 'The header Leadpact-Workspace takes the id of a workspace.');
  }
  const entered =
    wanted === undefined ? workspaces[0] : workspaces.find(({ id }) => id === wanted.toLowerCase());
  if (entered) {
    const { id: workspace, member: id, party, rank } = entered;
    return { kind: 'member', workspace, id, party, rank };
  }
  throw new HttpProblem(403, 'not_a_member', 'You are not a member of this workspace, or not any more.');
}
