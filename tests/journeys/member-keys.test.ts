/** A script's way through: members and keys without a browser, a pact signed by both sides, a handoff taken. */
import { beforeAll, expect, it } from 'vitest';
import { makeApiKey } from '#features/workspaces/keys.ts';
import { contracts } from '#server/routes.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';
import { Acme, type Name } from './handoffs-support.ts';

const db = withDatabase();
const api = withApi(db);
let acme: Acme;
const by = {} as Record<Name, Ask>;

beforeAll(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
  const scopes = [...new Set(contracts.map(({ scope }) => scope))];
  const hand = { workspace: acme.workspace, actor: { kind: 'system' } } as const;
  for (const [name, { id }] of Object.entries(acme.people)) {
    const wanted = { name, scopes, party: null, member: id, expiresAt: null };
    const { secret } = await db.database.inWorkspace(acme.workspace, (tx) =>
      makeApiKey(tx, hand, wanted, api.now),
    );
    by[name as Name] = api.as({ authorization: `Bearer ${secret}` });
  }
});

it('signs for the party of the member, and for no other', async () => {
  const begun = await by.anna('POST', '/api/pacts', { text: ACME });
  expect(begun.status).toBe(201);
  const { id: pact, version: drafted } = begun.body as {
    id: string;
    version: { number: number; digest: string };
  };
  const { number, digest } = drafted;
  const version = `/api/pacts/${pact}/versions/${number}`;
  expect((await by.anna('POST', `${version}/proposal`)).status).toBe(201);
  const sign = (who: Name) => by[who]('POST', `${version}/signatures`, { digest });
  expect((await sign('mia')).status).toBe(403); // a member signs for nobody
  expect((await sign('fay')).status).toBe(403); // nor does the facilitator
  expect((await sign('anna')).status).toBe(201);
  expect((await sign('sam')).status).toBe(201);
  const { rows } = await db.owner.query(
    'SELECT party, member_id FROM signatures WHERE workspace_id = $1 AND pact_id = $2 ORDER BY party',
    [acme.workspace, pact],
  );
  expect(rows).toEqual([
    { party: 'marketing', member_id: acme.people.anna.id },
    { party: 'sales', member_id: acme.people.sam.id },
  ]);
});

it('takes a handoff, touches and qualifies it; and the journal says who, and by which key', async () => {
  const { handoff } = await acme.offered();
  const verb = (who: Name, what: string, body: object = {}) =>
    by[who]('POST', `/api/handoffs/${handoff}/${what}`, body);
  expect((await verb('mia', 'acceptance')).status).toBe(403);
  expect((await verb('sam', 'acceptance')).status).toBe(201);
  expect((await verb('sam', 'touches', { channel: 'call' })).status).toBe(201);
  const answers = { need: 'Faster quotes', timeline: 'now' };
  expect((await verb('sam', 'qualification', { answers })).status).toBe(201);
  expect((await verb('sam', 'undo', { what: 'qualification' })).status).toBe(201);
  expect((await verb('sam', 'return', { reason: 'not_fit' })).status).toBe(201);
  expect((await verb('mia', 'dispute', { text: 'They fit.' })).status).toBe(201);
  const { rows } = await db.owner.query(
    "SELECT what, actor_id, data ? 'via_key' AS keyed FROM journal WHERE workspace_id = $1 AND subject_id = $2 AND actor_kind = 'member' ORDER BY seq",
    [acme.workspace, handoff],
  );
  expect(rows.map(({ what }) => what)).toEqual([
    'handoff.accepted',
    'handoff.touched',
    'handoff.qualified',
    'handoff.undone',
    'handoff.returned',
    'handoff.disputed',
  ]);
  for (const { keyed } of rows) expect(keyed).toBe(true);
});
