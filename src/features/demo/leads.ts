/** The example's leads and what they did, as rows of the ledger. What is derived of them is worked out as always. */
import type { Instant, Raw } from '#engine/facts/facts.ts';
import { readEmail } from '#features/leads/identity/email.ts';
import { lockIdentity } from '#features/leads/identity/lock.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { settleLeads } from '#features/leads/settle.ts';
import { addStatements, instantText } from '#features/leads/statements.ts';
import { newId } from '#platform/ids.ts';
import type { Mover } from './present.ts';
import { FILES, leadCells } from './simulation/rows.ts';
import type { Told } from './simulation/simulate.ts';

/** A lead of the example in the workspace. */
export type DemoLead = { number: number; id: string; told: Told; createdAt: Instant };

/** Known at the end only: nobody says them of a lead on the day it comes. */
const LATER = new Set(['id', 'created_at', 'lifecycle_stage', 'outcome']);
const AT_ONCE = 500;

/**
 * Writes those who have come by now. Who comes twice is one lead, with what was done under either name.
 * @returns them in order of their numbers
 */
export async function writeLeads(scope: Scope, tales: Iterable<Told>, move: Mover): Promise<DemoLead[]> {
  const { query, workspace, now } = scope;
  const leads: DemoLead[] = [];
  const byEmail = new Map<string, DemoLead>();
  const deeds: { lead: DemoLead; told: Told }[] = [];
  for (const told of tales) {
    const createdAt = move(told.person.createdAt);
    if (createdAt >= now) continue;
    const email = readEmail(told.person.email)!;
    const known = byEmail.get(email);
    const lead = known ?? { number: leads.length + 1, id: newId(createdAt), told, createdAt };
    if (known === undefined) leads.push(lead);
    byEmail.set(email, lead);
    deeds.push({ lead, told });
  }
  await lockIdentity(scope);
  await query('INSERT INTO lead_counters (workspace_id, last) VALUES ($1, $2)', [workspace, leads.length]);
  for (const some of portions(leads)) await writeRows(scope, some);
  await query('SELECT system.learn_sizes()'); // from here on every row is looked for by what refers to it
  for (const some of portions(leads)) await writeWhatIsKnown(scope, some);
  for (const some of portions(deeds)) await writeActivities(scope, some, move);
  return leads;
}

async function writeRows({ query, workspace }: Scope, leads: readonly DemoLead[]): Promise<void> {
  await query(
    `INSERT INTO leads (workspace_id, number, id, created_at)
     SELECT $1, g.* FROM unnest($2::bigint[], $3::uuid[], $4::timestamptz[]) AS g`,
    [
      workspace,
      leads.map(({ number }) => number),
      leads.map(({ id }) => id),
      leads.map(({ createdAt }) => instantText(createdAt)),
    ],
  );
}

async function writeWhatIsKnown(scope: Scope, leads: readonly DemoLead[]): Promise<void> {
  const { query, workspace } = scope;
  const numbers = leads.map(({ number }) => number);
  const since = leads.map(({ createdAt }) => instantText(createdAt));
  for (const [kind, named] of identities) {
    await query(
      `INSERT INTO identities (workspace_id, kind, value, lead, trust, verified_at, first_seen_at)
       SELECT $1, $2, g.value, g.lead, 'import', g.at, g.at
       FROM unnest($3::text[], $4::bigint[], $5::timestamptz[]) AS g(value, lead, at)`,
      [workspace, kind, leads.map(({ told }) => named(told)), numbers, since],
    );
  }
  const statements = leads.map(({ number, createdAt, told }) => ({
    lead: number,
    at: createdAt,
    trust: 'import' as const,
    values: valuesOf(told),
  }));
  await addStatements(scope, statements, 'import');
  await settleLeads(scope, numbers);
}

const identities: [kind: 'email' | 'external', value: (told: Told) => string][] = [
  ['email', ({ person }) => readEmail(person.email)!],
  ['external', ({ id }) => `crm:${id}`],
];

function valuesOf(told: Told): Record<string, Raw> {
  const cells = leadCells(told);
  const said = FILES.leads.flatMap((name, i): [string, Raw][] => {
    const cell = cells[i];
    return LATER.has(name) || cell === undefined || cell === '' ? [] : [[name, String(cell)]];
  });
  return Object.fromEntries(said);
}

async function writeActivities(
  { query, workspace, now }: Scope,
  tales: readonly { lead: DemoLead; told: Told }[],
  move: Mover,
): Promise<void> {
  const done = tales.flatMap(({ lead, told }) =>
    told.activities
      .map(({ at, type, ...properties }) => ({ lead: lead.number, at: move(at), type, properties }))
      .filter(({ at }) => at < now),
  );
  await query(
    `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
     SELECT $1, g.id, g.lead, g.at, g.at, g.type, 'server', g.properties
     FROM unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[], $6::jsonb[]) AS g(id, lead, at, type, properties)`,
    [
      workspace,
      done.map(({ at }) => newId(at)),
      done.map(({ lead }) => lead),
      done.map(({ at }) => instantText(at)),
      done.map(({ type }) => type),
      done.map(({ properties }) => JSON.stringify(properties)),
    ],
  );
}

export function* portions<T>(all: readonly T[], size = AT_ONCE): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
