/** What is done when a fold has effects: one handler a kind, inside the transaction that writes the lead's new state. */
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Effect } from '#engine/ladder/effect.ts';
import type { Standing } from '#engine/ladder/standing.ts';
import type { InForceVersion } from '#features/pacts/timeline.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import type { Entry } from '#platform/journal/journal.ts';

/** When to look again is written with the state, and is nothing to be handled. */
type Told = Exclude<Effect, { kind: 'wake' }>;
export type ToldKind = Told['kind'];

/** One effect of one lead. */
export type LeadEffect<K extends ToldKind = ToldKind> = {
  /** The lead's number, and its id for the world outside. */
  lead: number;
  lead_id: string;
  effect: Extract<Told, { kind: K }>;
  /** The version by which it became so. */
  version: InForceVersion;
  /** Where the lead stands after the whole fold. */
  standing: Standing;
  /** What is known of the lead. */
  facts: () => Facts;
};

/** What a handler works with. */
export type Work = {
  workspace: string;
  tx: Tx;
  query: Query;
  /** The instant the fold goes up to. An effect may lie long before it: history was imported, a worker was away. */
  now: Instant;
  /** Says it in the journal; written after all handlers, because the journal holds up other writers. */
  journal: (entry: Omit<Entry, 'actor'>) => void;
  /** Puts it into the outbox, to go out after the commit. */
  send: (topic: string, payload: Record<string, unknown>) => void;
};

/**
 * Handles one kind of effect, of many leads at once. It is called inside the transaction: what it writes is committed
 * with the lead's state or not at all, and what it throws undoes that lead's fold, which is then tried again.
 * Each lead's effects come in their order, and a call has at most one of each lead.
 */
type Handler<K extends ToldKind> = (work: Work, told: readonly LeadEffect<K>[]) => Promise<void>;
export type Handlers = { readonly [K in ToldKind]: Handler<K> };

/** In the journal under the lead, and in the outbox under the same name. */
const announce =
  <K extends ToldKind>(
    topic: string,
    data: (effect: Extract<Told, { kind: K }>) => Record<string, unknown>,
  ) =>
  async (work: Work, told: readonly LeadEffect<K>[]): Promise<void> => {
    for (const one of told) tell(work, one, topic, data(one.effect));
  };

type Telling = Pick<LeadEffect, 'lead_id' | 'version'> & { effect: Told };

function tell(
  work: Work,
  { effect, lead_id, version }: Telling,
  topic: string,
  data: Record<string, unknown>,
): void {
  const { at, pass, late, cause } = effect;
  const common = { ...data, pass, late, cause, pact: version.pact_id, version: version.number };
  work.journal({ at, what: topic, subject: { kind: 'lead', id: lead_id }, data: common });
  work.send(topic, { lead: lead_id, at, ...common });
}

/** What becomes of each effect where nobody else handles it: it is told. */
export const tellers: Handlers = {
  moved: async (work, told) => {
    for (const one of told) {
      const { from, to, stood, skipped } = one.effect;
      tell(work, one, 'lead.moved', { from, to, stood, skipped });
    }
  },
  offered: announce('lead.mql', ({ tier, fast_lane, exception, grade, fit, interest }) => ({
    tier,
    fast_lane,
    exception,
    grade,
    fit,
    interest,
  })),
  withdrawn: announce('lead.withdrawn', () => ({})),
  recycled: announce('lead.recycled', ({ reason, until }) => ({ reason, until })),
  disqualified: announce('lead.disqualified', ({ reason }) => ({ reason })),
  woken: announce('lead.woken', ({ by }) => ({ by })),
};

/** Hands effects to their handlers: the first of each lead, then the second of each, and so on, kind by kind. */
export async function handOut(
  handlers: Handlers,
  work: Work,
  leads: readonly (readonly LeadEffect[])[],
): Promise<void> {
  const longest = Math.max(0, ...leads.map((effects) => effects.length));
  for (let turn = 0; turn < longest; turn++) {
    const now = leads.flatMap((effects) => effects[turn] ?? []);
    for (const [kind, told] of Map.groupBy(now, ({ effect }) => effect.kind)) {
      const handler = handlers[kind] as Handler<ToldKind>;
      await handler(work, told);
    }
  }
}
