/** The example company's history as a workspace that has lived through it: written in bulk, for tests of what is measured of it. */
import { compileCalendar } from '#engine/calendar/calendar.ts';
import { dueAt } from '#engine/calendar/clock.ts';
import { deadlinesOf, TERMS } from '#engine/handoff/deadlines.ts';
import { openHolidayBook } from '#platform/holidays/holidays.ts';
import { newId } from '#platform/ids.ts';
import { pactNamed, type Row, table } from '../../examples/acme-industrial/history.ts';
import { agree, hire } from '../journeys/verdicts-support.ts';
import type { TestDatabase } from './db.ts';

/** The day after the last of its days. */
export const END = Date.parse('2026-07-01T00:00Z');
const START = Date.parse('2024-12-31T12:00Z');
const HOUR = 3_600_000;

type Record_ = Record<string, unknown>;

export type Lived = {
  workspace: string;
  pact: string;
  /** Version 2 from this instant on. */
  changed: number;
  /** Leads by their name in the files. */
  leads: ReadonlyMap<string, { number: number; id: string }>;
};

const instant = (text: string | undefined): number | null => (text ? Date.parse(text) : null);
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Writes the committed history into a workspace of its own. Two versions: the pact, and from 2026 on its draft. */
export async function liveThrough(db: TestDatabase): Promise<Lived> {
  const workspace = await db.newWorkspace();
  const people = await hire(db.database, workspace);
  const pact = pactNamed('pact.yaml');
  const first = await agree(db.database, people, pact, START);
  const changed = Date.parse('2026-01-01T00:00Z');
  await agree(db.database, people, pactNamed('pact-next.yaml'), changed, first);
  const calendar = compileCalendar(pact.calendar, await openHolidayBook());
  const write = (into: string, columns: string, rows: readonly Record_[]) =>
    insert(db, workspace, into, columns, rows);

  const reps = new Map<string, string>();
  for (const { owner } of table('handoffs')) if (owner && !reps.has(owner)) reps.set(owner, newId(START));
  await write(
    'members',
    'id uuid, name text, email text, party text',
    [...reps].map(([name, id]) => ({
      id,
      name,
      email: `${name.replaceAll(' ', '.').toLowerCase()}@acme.example`,
      party: 'sales',
    })),
  );

  const found = new Set(
    table('handoffs')
      .filter(({ origin }) => origin === 'sales')
      .map(({ lead }) => lead),
  );
  const leads = new Map(
    table('leads').map(({ id, created_at }, i) => [
      id!,
      { number: i + 1, id: newId(Date.parse(created_at!) + (i % 100)) },
    ]),
  );
  await write(
    'leads',
    'number bigint, id uuid, email text, attributes jsonb, origin text, source text, created_at timestamptz',
    table('leads').map(({ id, created_at, ...values }) => ({
      ...leads.get(id!)!,
      email: values.email || null,
      attributes: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
      origin: found.has(id) ? 'sales' : 'marketing',
      source: values.source || null,
      created_at,
    })),
  );

  await write(
    'attribute_changes',
    'id uuid, lead bigint, at timestamptz, received_at timestamptz, trust text, values jsonb',
    table('leads').map(({ id, created_at, ...values }) => ({
      id: newId(Date.parse(created_at!)),
      lead: leads.get(id!)!.number,
      at: created_at,
      received_at: created_at,
      trust: 'import',
      values: Object.fromEntries(
        Object.entries({ created_at, ...values }).filter(([, value]) => value !== ''),
      ),
    })),
  );

  const ladder: Record_[] = [];
  const move = (lead: string, at: number | null, to_stage: string, pass = 1): void => {
    if (at === null) return;
    const version = at < changed ? 1 : 2;
    const rest = { pass, cause: 'activity', pact_id: first.pact, version, fit: 0, interest: 0 };
    ladder.push({ id: newId(at), lead: leads.get(lead)!.number, at: iso(at), to_stage, ...rest });
  };
  for (const { id, created_at } of table('leads')) move(id!, instant(created_at), 'conversion');

  const handoffs: Record_[] = [];
  const clocks: Record_[] = [];
  const [acceptances, returns, touches]: [Record_[], Record_[], Record_[]] = [[], [], []];
  const deals = Map.groupBy(table('deals'), ({ lead }) => lead!);
  const passes = new Map<string, number>();
  for (const row of table('handoffs').filter(({ origin }) => origin === 'marketing')) {
    const [lead, at] = [row.lead!, Date.parse(row.at!)];
    const pass = (passes.get(lead) ?? 0) + 1;
    passes.set(lead, pass);
    const [id, member] = [newId(at), reps.get(row.owner!)!];
    const [touched, decided] = [instant(row.first_touch_at), instant(row.decided_at)];
    const tier = pact.handoff.tiers[row.tier!]!;
    const dues = deadlinesOf(tier, calendar, at);
    const opened = instant(
      deals.get(lead)?.find(({ created_at }) => Date.parse(created_at!) >= at)?.created_at,
    );
    const isBack = row.decision === 'returned';
    const answer = isBack ? 'return' : row.decision === 'accepted' ? 'acceptance' : null;
    const qualified = answer === 'acceptance' ? opened : null;
    handoffs.push({
      id,
      lead: leads.get(lead)!.number,
      pass,
      pact_id: first.pact,
      version: at < changed ? 1 : 2,
      tier: row.tier,
      origin: row.tier === 'hot' ? 'fast_lane' : 'mql',
      fast_lane: row.tier === 'hot' ? 'demo' : null,
      packet: {},
      offered_at: iso(at),
      accept_by: iso(dues.accept.due),
      queue: 'central',
      owner_id: member,
      answer,
      answered_at: iso(answer === null ? null : decided),
      decision: isBack ? 'return' : qualified === null ? null : 'qualification',
      decided_at: iso(isBack ? decided : qualified),
    });
    const met = {
      accept: answer === null ? null : decided,
      first_touch: touched,
      decide: isBack ? decided : qualified,
    };
    for (const term of TERMS) {
      const stopped = met[term] === null && isBack && decided! < dues[term].due ? decided : null;
      clocks.push({
        id: newId(at),
        handoff_id: id,
        term,
        pact_id: first.pact,
        version: at < changed ? 1 : 2,
        started_at: iso(at),
        due_at: iso(dues[term].due),
        met_at: iso(met[term]),
        void_at: iso(stopped),
      });
    }
    if (answer === 'acceptance') acceptances.push({ handoff_id: id, member_id: member, at: iso(decided) });
    if (isBack) {
      const { id: reason, clause, next } = pact.reasons.find((one) => one.id === row.reason)!;
      returns.push({ handoff_id: id, member_id: member, at: iso(decided), reason, clause, next });
      move(lead, decided, next === 'recycle' ? 'recycled' : 'disqualified', pass);
    }
    const attempts = Number(row.attempts || 0);
    for (let i = 0; i < attempts && touched !== null; i++) {
      const when = i === 0 ? touched : dueAt(calendar, touched, { days: 0, minutes: i * 60 });
      const channel = i % 2 === 0 ? row.channel || 'call' : 'mail';
      touches.push({
        id: newId(when),
        handoff_id: id,
        lead: leads.get(lead)!.number,
        member_id: member,
        channel,
        at: iso(when),
      });
    }
    move(lead, at, 'mql', pass);
    if (answer === 'acceptance') move(lead, decided, 'sal', pass);
  }
  for (const [lead, of] of deals) {
    const pass = passes.get(lead) ?? 1;
    for (const deal of of) climb(deal, pass, move);
  }

  await write(
    'handoffs',
    'id uuid, lead bigint, pass int, pact_id uuid, version int, tier text, origin text, fast_lane text, packet jsonb, offered_at timestamptz, accept_by timestamptz, queue text, owner_id uuid, answer text, answered_at timestamptz, decision text, decided_at timestamptz',
    handoffs,
  );
  await write(
    'deadlines',
    'id uuid, handoff_id uuid, term text, pact_id uuid, version int, started_at timestamptz, due_at timestamptz, met_at timestamptz, void_at timestamptz',
    clocks,
  );
  await write('acceptances', 'handoff_id uuid, member_id uuid, at timestamptz', acceptances);
  await write(
    'returns',
    'handoff_id uuid, member_id uuid, at timestamptz, reason text, clause text, next text',
    returns,
  );
  await write(
    'touches',
    'id uuid, handoff_id uuid, lead bigint, member_id uuid, channel text, at timestamptz',
    touches,
  );
  await write(
    'moves',
    'id uuid, lead bigint, at timestamptz, to_stage text, pass int, cause text, pact_id uuid, version int, fit float8, interest float8',
    ladder,
  );
  await write(
    'deals',
    'id uuid, lead bigint, origin text, external_id text, amount numeric, opened_at timestamptz, outcome text, closed_at timestamptz, reason text',
    table('deals').map(({ id, lead, outcome, amount, created_at, closed_at, reason }) => ({
      id: newId(Date.parse(created_at!)),
      lead: leads.get(lead!)!.number,
      origin: 'import',
      external_id: `crm:${id}`,
      amount: amount ? Number(amount) : null,
      opened_at: iso(Date.parse(created_at!)),
      outcome,
      closed_at: iso(instant(closed_at)),
      reason: reason || null,
    })),
  );
  await write(
    'activities',
    'id uuid, lead bigint, at timestamptz, received_at timestamptz, type text, trust text, properties jsonb',
    table('activities').map(({ lead, at, type, ...properties }) => ({
      id: newId(Date.parse(at!)),
      lead: leads.get(lead!)!.number,
      at: iso(Date.parse(at!)),
      received_at: iso(Date.parse(at!)),
      type,
      trust: 'import',
      properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== '')),
    })),
  );
  await db.owner.query('ANALYZE');
  return { workspace, pact: first.pact, changed, leads };
}

/** Up sales' part of the ladder, as a deal tells. */
function climb(
  deal: Row,
  pass: number,
  move: (lead: string, at: number | null, to: string, pass: number) => void,
): void {
  const [lead, opened, closed] = [deal.lead!, instant(deal.created_at), instant(deal.closed_at)];
  move(lead, opened === null ? null : opened - HOUR / 60, 'sql', pass);
  move(lead, opened, 'opportunity', pass);
  if (deal.outcome !== 'open') move(lead, closed, deal.outcome!, pass);
}

async function insert(
  db: TestDatabase,
  workspace: string,
  into: string,
  columns: string,
  rows: readonly Record_[],
): Promise<void> {
  const names = columns.split(', ').map((column) => column.split(' ')[0]!);
  for (let i = 0; i < rows.length; i += 5_000) {
    await db.owner.query(
      `INSERT INTO ${into} (workspace_id, ${names.join(', ')}) SELECT $1, g.* FROM jsonb_to_recordset($2::jsonb) AS g (${columns})`,
      [workspace, JSON.stringify(rows.slice(i, i + 5_000))],
    );
  }
}
