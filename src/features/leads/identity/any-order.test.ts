import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '#engine/pact/digest.ts';
import type { Query } from '#platform/db/transaction.ts';
import { withDatabase } from '#tests/support/db.ts';
import { makeKey, openIntake } from '#tests/support/intake.ts';

const db = withDatabase();
/** More of them by LEADPACT_RUNS; a history that fails is made smaller with LEADPACT_SHRINK, which takes minutes. */
const RUNS = Number(process.env.LEADPACT_RUNS ?? 15);
const NOW = Date.UTC(2026, 5, 1);
const START = Date.UTC(2026, 4, 1);
const HOUR = 3_600_000;

type Sent = { trust: 'browser' | 'server'; event: Record<string, unknown> };

const visitor = fc.constantFrom('a1', 'a2', 'a3');
const user = fc.constantFrom('u1', 'u2', 'u3');
const email = fc.constantFrom('jane@acme.example', 'jo@acme.example', 'kim@gmail.com', 'Jane@Acme.example ');
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const anyEvent: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({
    type: fc.constant('page'),
    anonymousId: visitor,
    userId: maybe(user),
    properties: fc.constant({ path: '/pricing' }),
  }),
  fc.record({
    type: fc.constant('track'),
    event: fc.constant('Signed Up'),
    userId: user,
    anonymousId: maybe(visitor),
  }),
  fc.record({
    type: fc.constant('identify'),
    anonymousId: visitor,
    userId: maybe(user),
    traits: fc.record(
      {
        email,
        title: fc.constantFrom('CTO', 'CEO', ''),
        company: fc.record({ employees: fc.constantFrom(10, 600) }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    type: fc.constant('group'),
    userId: user,
    groupId: fc.constantFrom('g1', 'g2'),
    traits: fc.record(
      {
        name: fc.constantFrom('Acme', 'Rival'),
        domain: fc.constantFrom('acme.example', 'rival.example'),
        employees: fc.constantFrom(51, 5_000),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ type: fc.constant('alias'), userId: user, previousId: fc.oneof(user, visitor) }),
);

const anyHistory = fc.array(
  fc.record({
    trust: fc.constantFrom('browser' as const, 'server' as const),
    hour: fc.nat(12),
    event: anyEvent,
  }),
  { minLength: 2, maxLength: 20, size: 'max' },
);

/** Each event a request of its own, or all in one. */
async function takeIn(sent: readonly Sent[], together: boolean): Promise<unknown> {
  const workspace = await db.newWorkspace();
  const keys = {
    browser: await makeKey(db.database, workspace, 'browser'),
    server: await makeKey(db.database, workspace, 'server'),
  };
  const intake = openIntake(db.database, () => NOW);
  const take = async ({ trust, event }: Sent): Promise<void> => {
    const { rejected } = await intake.take(keys[trust], event, 'batch', 100);
    expect(rejected).toEqual([]);
  };
  if (together) await Promise.all(sent.map(take));
  else for (const one of sent) await take(one);
  await intake.drain();
  return db.database.inWorkspace(workspace, (_, query) => picture(query));
}

/** Persons, by what they are recognised by, with what is held of them: without the numbers that arrival gives out. */
async function picture(query: Query): Promise<unknown> {
  const rows = await query<Record<string, unknown> & { names: string[] }>(`
    WITH person AS (SELECT number, coalesce(merged_into, number) AS root FROM leads)
    SELECT array_agg(DISTINCT i.kind || ':' || i.value ORDER BY i.kind || ':' || i.value) AS names,
      r.attributes, r.email, r.created_at, a.domain, a.id AS account, a.name, a.attributes AS account_attributes,
      (SELECT array_agg(t.type || ' ' || t.at ORDER BY t.type || ' ' || t.at)
       FROM activities t JOIN person o ON o.number = t.lead WHERE o.root = r.number) AS activities
    FROM identities i JOIN person p ON p.number = i.lead JOIN leads r ON r.number = p.root
      LEFT JOIN accounts a ON a.id = r.account_id
    GROUP BY r.number, r.attributes, r.email, r.created_at, a.domain, a.id, a.name, a.attributes`);
  return rows
    .map((row) => JSON.parse(canonicalJson(JSON.parse(JSON.stringify(row)))))
    .sort((a, b) => (a.names[0] < b.names[0] ? -1 : 1));
}

test(
  'the same events in any order make the same persons, accounts and attributes',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (history, chance) => {
          const sent = history.map(
            ({ trust, hour, event }, i): Sent => ({
              trust,
              event: { ...event, messageId: `m${i}`, timestamp: new Date(START + hour * HOUR).toISOString() },
            }),
          );
          const shuffled = sent
            .map((one) => ({ one, place: chance.next().value }))
            .sort((a, b) => a.place - b.place)
            .map(({ one }) => one);
          expect(await takeIn(shuffled, false)).toEqual(await takeIn(sent, true));
        },
      ),
      { numRuns: RUNS, endOnFailure: process.env.LEADPACT_SHRINK === undefined },
    );
  },
  60_000 + RUNS * 3_000,
);
