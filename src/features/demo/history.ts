/**
 * Eighteen months of work, as they were: leads become MQLs when the pact says so, are handed over, answered, disputed,
 * sold. Everything is done by the product's own functions, each at its own instant; the clock is handed in.
 *
 * One day follows the other. What happens to one lead on a day happens in its order; what happens to several happens
 * side by side, so that the database always has something to do. Who gets a lead is decided one after the other.
 */
import type { Instant } from '#engine/facts/facts.ts';
import { closeDeal, openDeal } from '#features/deals/deals.ts';
import { accept, giveBack } from '#features/handoffs/answering.ts';
import { calendarOf } from '#features/handoffs/calendars.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { dispute, rule } from '#features/handoffs/disputing.ts';
import { handoffHandlers } from '#features/handoffs/handlers.ts';
import { acknowledge, explainLapse, type NoFollowUp } from '#features/handoffs/lapsing.ts';
import { climbDue } from '#features/handoffs/sweeping.ts';
import { qualify, touch } from '#features/handoffs/working.ts';
import { readTimeline, type Timeline } from '#features/pacts/timeline.ts';
import { actorOf, type Caller } from '#features/people/policy.ts';
import { foldUp } from '#features/verdicts/fold.ts';
import { foldBatch } from '#features/verdicts/folding.ts';
import type { Handlers } from '#features/verdicts/handlers.ts';
import { KeptLeads } from '#features/verdicts/kept.ts';
import { readLedgers } from '#features/verdicts/ledger.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { type Actor, type Entry, record } from '#platform/journal/journal.ts';
import { Agenda } from './agenda.ts';
import type { CastName } from './cast.ts';
import { type DemoLead, portions } from './leads.ts';
import { planHandoff, type Step } from './plan.ts';
import type { Mover } from './present.ts';
import { Random } from './simulation/random.ts';
import { disputing, qualifying, returning, ruling, touching } from './words.ts';

export type Stage = {
  tx: Tx;
  query: Query;
  workspace: string;
  /** When the history ends. */
  now: Instant;
  members: Readonly<Record<CastName, Caller>>;
  move: Mover;
  seed: number;
};

/** A handoff under way. */
type Open = { id: string; lead: DemoLead; turn: number; owner: Caller; isOver: boolean; hasLapsed: boolean };
/** The next step of the escalation ladders of a lead's handoffs. */
type Rung = { id: string; handoff: string; at: Instant };
/** A handoff with one of the deadlines of it that are still watched; without, when there is none. */
type Standing = {
  handoff: string;
  owner_id: string | null;
  answer: string | null;
  id: string;
  step_at: Date | null;
};

/** What is still to happen to a lead. */
type Lane = {
  readonly lead: DemoLead;
  readonly agenda: Agenda;
  readonly random: Random;
  /** How often it was handed over. */
  turns: number;
  /** The last handoff of it. */
  open: Open | null;
  rung: Rung | null;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const SYSTEM: Actor = { kind: 'system' };
const JOURNAL_AT_ONCE = 500;
const STREAM = 9;

export class History {
  readonly #stage: Stage;
  readonly #lanes: ReadonlyMap<number, Lane>;
  /** What is to happen to no lead. */
  readonly #common = new Agenda();
  readonly #handoffs = new Map<string, Open>();
  readonly #deals = new Map<string, string>();
  readonly #timeline: Timeline;
  /** What is to be written into the journal. */
  #entries: Entry[] = [];
  /** Nothing is kept: what is said of leads here leaves no marks to know it by. */
  readonly #kept = new KeptLeads(0);
  /** How many handoffs there were when the planner was last told of them. */
  #known = 10;
  /** The last decision on who gets what. */
  #decided: Promise<unknown> = Promise.resolve();

  static async begin(stage: Stage, leads: readonly DemoLead[]): Promise<History> {
    const history = new History(stage, leads, await readTimeline(stage.query, stage.workspace));
    for (const some of portions([...history.#lanes.values()]))
      await history.#expect(some, Number.NEGATIVE_INFINITY);
    for (const lane of history.#lanes.values()) history.#expectFound(lane);
    return history;
  }

  private constructor(stage: Stage, leads: readonly DemoLead[], timeline: Timeline) {
    this.#stage = stage;
    this.#timeline = timeline;
    this.#lanes = new Map(
      leads.map((lead) => {
        const random = new Random(stage.seed, STREAM, lead.number);
        return [lead.number, { lead, random, agenda: new Agenda(), turns: 0, open: null, rung: null }];
      }),
    );
  }

  /** Lets everything happen up to now. @param tell is told up to when it has */
  async unfold(tell: (at: Instant) => void): Promise<void> {
    const { now } = this.#stage;
    const lanes = [...this.#lanes.values()];
    for (;;) {
      const next = Math.min(this.#common.next ?? Number.POSITIVE_INFINITY, ...lanes.map(nextOf));
      if (next > now) return;
      const until = Math.min(next + DAY, now);
      const busy = lanes.filter((lane) => nextOf(lane) <= until);
      await allOf([this.#meet(until), ...busy.map((lane) => this.#live(lane, until))]);
      await this.#flush();
      await this.#learn();
      tell(until);
    }
  }

  /** Puts on the agenda what happens to no lead. */
  plan(at: Instant, happen: () => Promise<unknown>): void {
    this.#common.add({ at, happen });
  }

  /** Lets happen what does to no lead, one after the other: whose side is looked at is kept for the transaction. */
  async #meet(until: Instant): Promise<void> {
    while ((this.#common.next ?? Number.POSITIVE_INFINITY) <= until) await this.#common.take()!.happen();
  }

  /** The planner is told how much there is by now, before it misjudges it. */
  async #learn(): Promise<void> {
    if (this.#handoffs.size < this.#known * 3) return;
    this.#known = this.#handoffs.size;
    await this.#stage.query('SELECT system.learn_sizes()');
  }

  /** Lets happen to a lead what does up to an instant. */
  async #live(lane: Lane, until: Instant): Promise<void> {
    while (nextOf(lane) <= until) {
      const { rung } = lane;
      if (rung !== null && rung.at <= nextOf(lane)) await this.#climb(lane, rung);
      else await lane.agenda.take()!.happen();
    }
  }

  /** The handoffs there were, the latest first. */
  get handoffs(): Pick<Open, 'id' | 'owner' | 'lead'>[] {
    return [...this.#handoffs.values()].reverse();
  }

  /** A deed of somebody at an instant. What goes out is not sent: this is history. */
  async act<T>(actor: Actor, now: Instant, work: (deed: Deed) => Promise<T>): Promise<T> {
    const { tx, query, workspace } = this.#stage;
    return work({
      workspace,
      tx,
      query,
      now,
      journal: (entry) => this.#entries.push({ ...entry, actor }),
      send: () => undefined,
      mark: () => undefined, // leads are folded when there is something to hand over, and at the end
    });
  }

  /** Folds leads up to an instant. */
  async fold(leads: readonly number[], at: Instant): Promise<void> {
    const { tx, query, workspace } = this.#stage;
    const batch = { workspace, due: leads, most: 0 };
    const { failed } = await foldBatch(tx, query, batch, handlers, async () => at, this.#kept);
    if (failed.length > 0) throw new Error(`Lead ${failed[0]!.lead} cannot be folded: ${failed[0]!.error}`);
  }

  /** Writes down what was said last. Nothing of what happened is sent to anybody any more. */
  async settle(): Promise<void> {
    await this.#flush();
    const { query, workspace } = this.#stage;
    await query('DELETE FROM outbox WHERE workspace_id = $1', [workspace]);
  }

  async #flush(): Promise<void> {
    const entries = this.#entries.sort((a, b) => a.at - b.at);
    this.#entries = [];
    for (const some of portions(entries, JOURNAL_AT_ONCE)) {
      await record(this.#stage.tx, this.#stage.workspace, some);
    }
  }

  /** Who gets what is decided one after the other, so that no turn is taken twice. */
  #inTurn<T>(decide: () => Promise<T>): Promise<T> {
    const decided = this.#decided.then(decide);
    this.#decided = decided;
    return decided;
  }

  /** Looks ahead when leads will next be due to sales. */
  async #expect(lanes: readonly Lane[], after: Instant): Promise<void> {
    const { query, workspace, now } = this.#stage;
    const numbers = lanes.map(({ lead }) => lead.number);
    const ledgers = await readLedgers(query, workspace, numbers);
    for (const lane of lanes) {
      const ledger = ledgers.get(lane.lead.number)!;
      const folded = foldUp(null, ledger.occurrences, this.#timeline.versions, now);
      const offered = folded?.effects.find((effect) => effect.kind === 'offered' && effect.at > after);
      if (offered?.kind !== 'offered') continue;
      const at = offered.at + SECOND;
      lane.agenda.add({ at, happen: () => this.#handOver(lane, at) });
    }
  }

  async #handOver(lane: Lane, at: Instant): Promise<void> {
    const { lead, random } = lane;
    const { query, workspace, move } = this.#stage;
    await this.#inTurn(() => this.fold([lead.number], at));
    const [made] = await query<{ id: string; owner_id: string | null; tier: string; offered_at: Date }>(
      `SELECT id, owner_id, tier, offered_at FROM handoffs
       WHERE workspace_id = $1 AND lead = $2 ORDER BY offered_at DESC LIMIT 1`,
      [workspace, lead.number],
    );
    if (made === undefined || this.#handoffs.has(made.id)) return;
    const owner = this.#callerOf(made.owner_id) ?? this.#ownerIn(lead);
    const open: Open = { id: made.id, lead, turn: lane.turns++, owner, isOver: false, hasLapsed: false };
    this.#handoffs.set(open.id, open);
    lane.open = open;
    await this.#look(lane);
    const steps = planHandoff({
      told: lead.told,
      turn: open.turn,
      offeredAt: made.offered_at.getTime(),
      tier: made.tier,
      calendar: await calendarOf(this.#timeline.at(at)!.pact),
      move,
      random,
    });
    for (const step of steps) lane.agenda.add({ at: step.at, happen: () => this.#take(lane, open, step) });
  }

  async #take(lane: Lane, open: Open, step: Step): Promise<void> {
    if (open.isOver && !AFTERWARDS.has(step.kind)) return;
    const { members } = this.#stage;
    const { random } = lane;
    const act = (caller: Caller, work: (deed: Deed) => Promise<unknown>) =>
      this.act(actorOf(caller), step.at, work);
    const { owner, id } = open;
    switch (step.kind) {
      case 'accept':
        await act(owner, (deed) => accept(deed, owner, id, {}));
        return this.#look(lane);
      case 'touch': {
        const note = touching(random, step.channel, step.reached);
        await act(owner, (deed) => touch(deed, owner, id, { ...step, at: step.at, note }));
        return this.#look(lane);
      }
      case 'return': {
        const { reason, until } = step;
        const text = returning(random, reason);
        await act(owner, (deed) => giveBack(deed, owner, id, { reason, until, text, note: text }));
        open.isOver = true;
        break;
      }
      case 'dispute': {
        const caller = members['Miriam Albrecht'];
        await act(caller, (deed) => dispute(deed, caller, id, disputing(random)));
        return;
      }
      case 'rule': {
        const caller = members['Ingrid Falk'];
        const given = { ruling: step.ruling, text: ruling(random, step.ruling) };
        await act(caller, (deed) => rule(deed, caller, id, given));
        break;
      }
      case 'qualify':
        await act(owner, (deed) => qualify(deed, owner, id, { answers: qualifying(random) }));
        return this.#look(lane);
      case 'open_deal':
        await act(owner, async (deed) => {
          const name = open.lead.told.person.account.name;
          const deal = await openDeal(deed, owner, { handoff: id, name, amount: step.amount });
          this.#deals.set(id, deal);
        });
        return;
      case 'close_deal': {
        const { outcome, reason } = step;
        await act(owner, (deed) => closeDeal(deed, this.#deals.get(id)!, { outcome, reason }));
        break;
      }
    }
    await Promise.all([this.#look(lane), this.#expect([lane], step.at)]);
  }

  /** Deals of leads that nobody handed over, and that sales found itself. */
  #expectFound(lane: Lane): void {
    const { lead, agenda } = lane;
    const { move, query, workspace } = this.#stage;
    const { deal, handoffs } = lead.told;
    if (deal === null || handoffs.some(({ origin }) => origin === 'marketing')) return;
    const caller = this.#ownerIn(lead);
    const at = move(deal.createdAt);
    const open = async (): Promise<void> => {
      if (lane.turns > 0) return; // handed over after all: the deal comes of that
      await query(
        "UPDATE leads SET origin = 'sales', found_by = $3 WHERE workspace_id = $1 AND number = $2",
        [workspace, lead.number, caller.id],
      );
      const { amount } = deal;
      const given = { lead: lead.id, name: lead.told.person.account.name, amount, currency: 'EUR' };
      const id = await this.act(actorOf(caller), at, (deed) => openDeal(deed, caller, given));
      const { outcome, closedAt, reason } = deal;
      if (outcome === 'open' || closedAt === null) return;
      const closed = Math.max(at + MINUTE, move(closedAt));
      const close = () =>
        this.act(actorOf(caller), closed, (deed) =>
          closeDeal(deed, id, { outcome, reason: reason || 'best_fit' }),
        );
      agenda.add({ at: closed, happen: close });
    };
    agenda.add({ at, happen: open });
  }

  /** Reads with whom the handoffs of a lead are, and which step of their ladders comes next. */
  async #look(lane: Lane): Promise<void> {
    const { query, workspace } = this.#stage;
    const rows = await query<Standing>(
      `SELECT h.id AS handoff, h.owner_id, h.answer, d.id, d.step_at FROM handoffs h
         LEFT JOIN deadlines d ON d.workspace_id = h.workspace_id AND d.handoff_id = h.id
           AND d.met_at IS NULL AND d.void_at IS NULL AND d.step_at IS NOT NULL
       WHERE h.workspace_id = $1 AND h.lead = $2 ORDER BY d.step_at`,
      [workspace, lane.lead.number],
    );
    const [{ id, handoff, step_at }] = rows as [Standing];
    lane.rung = step_at === null ? null : { id, handoff, at: step_at.getTime() };
    const open = lane.open!;
    const { owner_id, answer } = rows.find((row) => row.handoff === open.id)!;
    open.owner = this.#callerOf(owner_id) ?? open.owner;
    open.hasLapsed = answer === 'lapse';
  }

  /** Takes a step of a ladder, which may give a handoff to somebody else, or take it for unanswered. */
  async #climb(lane: Lane, { id, handoff, at }: Rung): Promise<void> {
    await this.#inTurn(() => this.act(SYSTEM, at, (deed) => climbDue(deed, handoff, id)));
    await this.#look(lane);
    const open = lane.open!;
    if (open.hasLapsed && !open.isOver) await this.#letLapse(lane, open, at);
  }

  /** Then somebody says why. */
  async #letLapse(lane: Lane, open: Open, at: Instant): Promise<void> {
    const { agenda, random } = lane;
    open.isOver = true;
    await this.#expect([lane], at);
    const { owner, id } = open;
    const explained = Math.round(at + (0.2 + random.next()) * DAY);
    if (!random.chance(0.85)) return;
    const reason = random.weighted(NO_FOLLOW_UP);
    agenda.add({
      at: explained,
      happen: () => this.act(actorOf(owner), explained, (deed) => explainLapse(deed, owner, id, { reason })),
    });
    if (!random.chance(0.8)) return;
    const head = this.#stage.members['Henrik Vogel'];
    const noted = Math.round(explained + (0.3 + random.next()) * DAY);
    agenda.add({
      at: noted,
      happen: () => this.act(actorOf(head), noted, (deed) => acknowledge(deed, head, id)),
    });
  }

  #callerOf(member: string | null): Caller | null {
    return Object.values(this.#stage.members).find(({ id }) => id === member) ?? null;
  }

  /** Who of sales looks after a lead's part of the world. */
  #ownerIn({ told }: DemoLead): Caller {
    const name = told.handoffs[0]?.owner as CastName | undefined;
    return this.#stage.members[name ?? 'Jana Winter'];
  }
}

/** When the next thing happens to a lead. */
const nextOf = ({ agenda, rung }: Lane): Instant =>
  Math.min(agenda.next ?? Number.POSITIVE_INFINITY, rung?.at ?? Number.POSITIVE_INFINITY);

/** Waits for all, also when one fails: nothing is left that still writes. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(works);
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** The passages themselves are kept; what was told of each, to nobody, is left out: it would be most of the journal. */
const handlers: Handlers = { ...handoffHandlers, moved: async () => undefined };

/** What may still be said of a handoff that is over. */
const AFTERWARDS = new Set<Step['kind']>(['dispute', 'rule']);

const NO_FOLLOW_UP: Record<NoFollowUp, number> = {
  no_capacity: 40,
  absent: 15,
  not_notified: 10,
  wrong_territory: 8,
  judged_unfit_before_call: 20,
  working_account_already: 7,
};
