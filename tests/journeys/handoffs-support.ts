/** Acme with its pact in force, its people, and the routes as somebody calls them at an instant. */
import type { Instant, Raw } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { handoffHandlers } from '#features/handoffs/handlers.ts';
import { sweepDeadlines, sweepUnready } from '#features/handoffs/sweeping.ts';
import type { Caller } from '#features/people/policy.ts';
import type { House } from '#features/serve.ts';
import type { Database } from '#platform/db/database.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { routesOf } from '#server/routes.ts';
import { ACME } from '#tests/support/pacts.ts';
import { agree, meet, takeIn, workUntilDone } from './verdicts-support.ts';

type Person = Extract<Caller, { kind: 'member' }>;
const staff = {
  anna: ['marketing', 'manager'],
  mia: ['marketing', 'member'],
  sam: ['sales', 'manager'],
  lea: ['sales', 'lead'],
  ann: ['sales', 'member'],
  bo: ['sales', 'member'],
  cy: ['sales', 'member'],
  fay: [null, 'manager'],
} as const;
export type Name = keyof typeof staff;
export type People = Record<Name, Person>;

/** The pact of the documentation, with reasons that ask for everything there is to ask. */
export const TEXT = ACME.replace(
  '  - { id: timing,',
  `  - { id: unreachable, text: Not reached., clause: handoff, next: recycle, ask: attempts }
  - { id: other, text: Something else., next: recycle, ask: text }
  - { id: timing,`,
);

/** 10:00 in New York, on a Tuesday. */
const TUESDAY = Date.UTC(2026, 2, 3, 15);

const log = openLog('silent');
const routes = routesOf({ fault: () => null });

/** Numbers of leads that tests give out themselves. */
const OWN_NUMBERS = 1_000;

export class Acme {
  readonly database: Database;
  readonly workspace: string;
  readonly people: People;
  now: Instant;
  #leads = 0;

  constructor(database: Database, workspace: string, people: People, now: Instant) {
    this.database = database;
    this.workspace = workspace;
    this.people = people;
    this.now = now;
  }

  /** Makes everybody, and brings the pact into force. */
  static async open(database: Database, workspace: string, text = TEXT, now = TUESDAY): Promise<Acme> {
    const people = Object.fromEntries(
      Object.entries(staff).map(([name, [party, rank]]) => [
        name,
        { workspace, kind: 'member' as const, id: newId(Date.now()), party, rank },
      ]),
    ) as People;
    const rows = Object.entries(people).map(([name, { id, party, rank }]) => ({
      workspace_id: workspace,
      id,
      name,
      email: `${name}@acme.example`,
      party,
      rank,
    }));
    await database.inWorkspace(workspace, async (tx) => {
      await tx.insertInto('members').values(rows).execute();
      await tx.insertInto('lead_counters').values({ workspace_id: workspace, last: OWN_NUMBERS }).execute();
    });
    const pact: Pact = parsePact(text).pact;
    await agree(database, people, pact, now - 3_600_000);
    return new Acme(database, workspace, people, now);
  }

  /** A lead asks for a demo: an MQL by the fast lane, once it is looked at. @returns its number and id. */
  async arrive(values: Record<string, Raw> = {}): Promise<{ lead: number; id: string }> {
    const lead = ++this.#leads;
    const [id] = await meet(this.database, this.workspace, 1, this.now - 60_000, lead);
    await takeIn(this.database, this.workspace, [
      {
        lead,
        at: this.now - 60_000,
        values: { email: `l${lead}@buyer.example`, 'account.name': 'Buyer', ...values },
      },
      { lead, at: this.now - 30_000, type: 'page', properties: { path: '/pricing', title: 'Prices' } },
      { lead, at: this.now, type: 'Form Submitted', properties: { form: 'demo' } },
    ]);
    return { lead, id: id! };
  }

  /** The same, and a worker has been at it. */
  async demo(values: Record<string, Raw> = {}): Promise<{ lead: number; id: string }> {
    const lead = await this.arrive(values);
    await this.work();
    return lead;
  }

  /** A lead handed over. @returns the handoff's id besides. */
  async offered(values: Record<string, Raw> = {}): Promise<{ lead: number; id: string; handoff: string }> {
    const lead = await this.demo(values);
    const [row] = await this.rows<{ id: string }>(
      'SELECT id FROM handoffs WHERE workspace_id = $1 AND lead = $2 ORDER BY offered_at DESC LIMIT 1',
      lead.lead,
    );
    return { ...lead, handoff: row!.id };
  }

  take(...news: Parameters<typeof takeIn>[2]): Promise<void> {
    return takeIn(this.database, this.workspace, news);
  }

  work(most = 50): Promise<void> {
    return workUntilDone(this.database, this.now, { handlers: handoffHandlers, most });
  }

  sweep(): Promise<number> {
    return sweepDeadlines({ database: this.database, log, now: async () => this.now });
  }

  sweepUnready(): Promise<number> {
    return sweepUnready({ database: this.database, log, now: async () => this.now });
  }

  rows<Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> {
    return this.database.inWorkspace(this.workspace, (_, query) =>
      query<Row>(text, text.includes('$1') ? [this.workspace, ...values] : values),
    );
  }

  /** Calls a route as somebody, now: "POST /api/handoffs/…/acceptance". */
  async call(
    who: Name | Caller,
    call: string,
    body: object = {},
    ifMatch: string | null = null,
  ): Promise<Record<string, unknown> & { id: string }> {
    const [method, url = ''] = call.split(' ');
    const [path = '', search = ''] = url.split('?');
    const query = Object.fromEntries(new URLSearchParams(search));
    for (const route of routes) {
      const params = route.method === method ? match(route.path, path) : null;
      if (params === null) continue;
      const caller = typeof who === 'string' ? this.people[who] : who;
      const house: House = { database: this.database, clock: () => this.now, letters: never };
      const asked = { params, query, body, ifMatch };
      return (await route.answer(house, caller, asked)) as Record<string, unknown> & { id: string };
    }
    throw new Error(`No route answers ${call}.`);
  }

  /** What a call is refused with: "409 already_accepted". */
  async refused(...given: Parameters<Acme['call']>): Promise<string> {
    try {
      await this.call(...given);
    } catch (error) {
      if (error instanceof HttpProblem) return `${error.status} ${error.code}`;
      throw error;
    }
    return 'not refused';
  }

  /** The last words of the journal and of the outbox on a subject or from an instant on. */
  async told(): Promise<{ journal: string[]; outbox: string[] }> {
    const journal = await this.rows<{ what: string }>(
      'SELECT what FROM journal WHERE workspace_id = $1 ORDER BY seq',
    );
    const outbox = await this.rows<{ topic: string }>(
      'SELECT topic FROM outbox WHERE workspace_id = $1 ORDER BY created_at, id',
    );
    return { journal: journal.map(({ what }) => what), outbox: outbox.map(({ topic }) => topic) };
  }

  async stage(lead: number): Promise<string> {
    const [row] = await this.rows<{ stage: string; pass: number }>(
      'SELECT stage, pass FROM lead_states WHERE workspace_id = $1 AND lead = $2',
      lead,
    );
    return `${row?.stage} ${row?.pass}`;
  }
}

/** Nothing here sends letters. */
const never = new Proxy({ mailed: false } as House['letters'], {
  get: (letters, name) => {
    if (name === 'mailed') return letters.mailed;
    throw new Error('No letters are sent here.');
  },
});

function match(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = given[i]!;
    else if (part !== given[i]) return null;
  }
  return params;
}
