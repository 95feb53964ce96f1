/**
 * What reading costs at size, by the time between the question and the answer within the service (no network): a lead's
 * page and timeline, the queue, and lists of leads by every sort and filter, the first page and one far behind. P15 is
 * this at 10,000 leads beside this at a million. Beside the time by the clock, which others on the machine lengthen, the
 * time that processors were busy with it, in the service and in PostgreSQL.
 *
 *   node bench/reads.ts [--leads 1000000] [--activities 20000000] [--open 5000] [--rounds 20]
 *
 * A million leads with twenty million activities take a quarter of an hour to make and some 12 GB in the temporary
 * directory, which are given back at the end.
 */
import { parseArgs } from 'node:util';
import { listHandoffs } from '#contract/handoffs.ts';
import type { LeadFilter, LeadSearch } from '#contract/leads.ts';
import { listHandoffsOf } from '#features/handoffs/listing.ts';
import { countLeads } from '#features/leads/counts.ts';
import { listLeads } from '#features/leads/list.ts';
import { showLead } from '#features/leads/show.ts';
import { showTimeline } from '#features/leads/timeline.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Query } from '#platform/db/transaction.ts';
import { busyOf } from './support/busy.ts';
import { median } from './support/measure.ts';
import { withPlace } from './support/place.ts';
import { seed, seedStates } from './support/seed.ts';

const { values } = parseArgs({
  options: {
    leads: { type: 'string', default: '1000000' },
    activities: { type: 'string', default: '20000000' },
    open: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '20' },
  },
});
const { leads, activities, open, rounds } = Object.fromEntries(
  Object.entries(values).map(([name, text]) => [name, Number(text)]),
) as Record<keyof typeof values, number>;
const WANTED = 60;
const DAY = 86_400_000;
const FAR = 20;
/** A service that runs was asked before: its code is compiled, its statements are planned. */
const WARM = 5;

await withPlace(
  async ({ running: { database }, owner }) => {
    const start = performance.now();
    const workspace = await seed(database, owner, { leads, activities });
    await seedStates(owner, workspace, leads, open);
    console.log(
      `${leads} leads, ${activities} activities made in ${Math.round((performance.now() - start) / 1000)} s`,
    );
    const here = <T>(work: (query: Query) => Promise<T>): Promise<T> =>
      database.inWorkspace(workspace, (_, query) => work(query));
    const idOf = async (text: string): Promise<string> =>
      (await here((query) => query<{ id: string }>(text, [workspace])))[0]!.id;

    const busy = busyOf(owner);
    const time = async (what: string, work: (round: number) => Promise<unknown>): Promise<void> => {
      for (let round = 0; round < WARM; round++) await work(round);
      const took: number[] = [];
      const spent = await busy();
      for (let round = 0; round < rounds; round++) {
        const begun = performance.now();
        await work(round);
        took.push(performance.now() - begun);
      }
      const each = ((await busy()) - spent) / rounds;
      took.sort((a, b) => a - b);
      const p95 = took[Math.min(took.length - 1, Math.floor(took.length * 0.95))]!;
      const mark = p95 <= WANTED ? '   ' : 'not';
      console.log(
        `${mark} ${what.padEnd(52)} ${median(took).toFixed(1).padStart(8)} ${p95.toFixed(1).padStart(8)} ${each.toFixed(1).padStart(8)} ms`,
      );
    };

    const some = await here((query) =>
      query<{ id: string }>('SELECT id FROM leads WHERE workspace_id = $1 AND number = ANY ($2::bigint[])', [
        workspace,
        Array.from({ length: rounds }, (_, i) => 1 + Math.floor((i * (leads - 1)) / rounds)),
      ]),
    );
    const leadOf = (round: number): string => some[round % some.length]!.id;
    console.log(`wanted: p95 ≤ ${WANTED} ms${' '.repeat(40)} median      p95     busy`);
    await time('a lead’s page', (round) => here((query) => showLead(query, workspace, leadOf(round))));
    await time('a lead’s timeline', (round) =>
      here((query) => showTimeline(query, workspace, leadOf(round), { limit: 50 }, Date.now())),
    );

    const member = await idOf("SELECT id FROM members WHERE workspace_id = $1 AND party = 'sales' LIMIT 1");
    const caller: Caller = { kind: 'member', workspace, id: member, party: 'sales', rank: 'manager' };
    for (const scope of ['party', 'mine', 'queue'] as const)
      for (const standing of ['open', 'lapsed', 'any'] as const) {
        const wanted = listHandoffs.query.parse({ scope, standing });
        await time(`handoffs ${scope} ${standing}`, () =>
          here((query) => listHandoffsOf(query, caller, wanted, Date.now())),
        );
      }

    const account = await idOf('SELECT account_id AS id FROM leads WHERE workspace_id = $1 LIMIT 1');
    const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
    const filters: Record<string, Record<string, string>> = {
      'no filter': {},
      'a stage that many have': { stage: 'prospect' },
      'a stage that nobody has': { stage: 'sal' },
      verdict: { verdict: 'mql' },
      grade: { grade: 'A1' },
      source: { source: 'fair' },
      'a source that nobody has': { source: 'none' },
      account: { account },
      'a first name': { q: 'anna' },
      'an e-mail': { q: `anna.adler.${Math.floor(leads / 2)}` },
      'a company': { q: 'company-7' },
      'what nobody is called': { q: 'zzzz' },
      'owner of all that is open': { owner: member },
      'an open handoff': { handoff: 'open' },
      'a lapsed handoff': { handoff: 'lapsed' },
      'no handoff': { handoff: 'none' },
      'made in the last month': { created_from: ago(30) },
      'made a year ago': { created_until: ago(345) },
      'MQL this week': { mql_from: ago(7) },
      'active this week': { active_from: ago(7) },
      'stage, source and grade': { stage: 'mql', source: 'fair', grade: 'A1' },
    };
    for (const [name, given] of Object.entries(filters))
      await time(`how many leads: ${name}`, () =>
        here((query) => countLeads(query, workspace, given as LeadFilter)),
      );
    for (const sort of ['created', 'interest', 'last_activity', 'fit', 'grade', 'mql_at'] as const)
      for (const direction of ['down', 'up'] as const)
        for (const [name, given] of Object.entries(filters)) {
          const search: LeadSearch = { ...(given as LeadFilter), sort, direction, limit: 50 };
          await time(`leads by ${sort}, ${direction}: ${name}`, () =>
            here((query) => listLeads(query, workspace, search)),
          );
          if (name !== 'no filter') continue;
          let cursor: string | null = null;
          for (let page = 0; page < FAR; page++) {
            const at: LeadSearch = { ...search, limit: 200, ...(cursor !== null && { cursor }) };
            cursor = (await here((query) => listLeads(query, workspace, at))).next;
          }
          const far: LeadSearch = { ...search, ...(cursor !== null && { cursor }) };
          await time(`leads by ${sort}, ${direction}: page ${FAR * 4}`, () =>
            here((query) => listLeads(query, workspace, far)),
          );
        }
  },
  { max_wal_size: '8GB' },
);
