/**
 * Eighteen months of work, as they were: leads become MQLs when the pact says so, are handed over, answered, disputed,
 * sold. Everything is done by the product's own functions, each at its own instant; the clock is handed in.
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
type Open = { id: string; lead: DemoLead; turn: number; owner: Caller; isOver: boolean };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SYSTEM: Actor = { kind: 'system' };
const JOURNAL_AT_ONCE = 500;
const STREAM = 9;

export class History {
  readonly #stage: Stage;
  readonly #random: Random;
  readonly #agenda = new Agenda();
  readonly #handoffs = new Map<string, Open>();
  readonly #turns = new Map<number, number>();
  readonly #timeline: Timeline;
  /** What is to be written into the journal, in order. */
  #entries: Entry[] = [];
  /** Nothing is kept: what is said of leads here leaves no marks to know it by. */
  readonly #kept = new KeptLeads(0);
  /** Up to when the escalation ladders have been climbed. */
  #swept = Number.NEGATIVE_INFINITY;

  static async begin(stage: Stage, leads: readonly DemoLead[]): Promise<History> {
    const history = new History(stage, await readTimeline(stage.query, stage.workspace));
    for (const some of portions(leads)) await history.#expect(some, Number.NEGATIVE_INFINITY);
    for (const lead of leads) history.#expectFound(lead);
    return history;
  }

  private constructor(stage: Stage, timeline: Timeline) {
    this.#stage = stage;
    this.#timeline = timeline;
    this.#random = new Random(stage.seed, STREAM, 0);
  }

  /** Lets everything happen up to now. @param tell is told up to when it has */
  async unfold(tell: (at: Instant) => void): Promise<void> {
    const { now } = this.#stage;
    for (;;) {
      const next = this.#agenda.next;
      const until = next === null || next > now ? now : next;
      if (await this.#climbOnce(until)) continue;
      if (next === null || next > now) break;
      await this.#agenda.take()!.happen();
      tell(next);
    }
    await this.#flush();
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
    await this.#flush();
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
    const entries = this.#entries;
    this.#entries = [];
    for (const some of portions(entries, JOURNAL_AT_ONCE)) {
      await record(this.#stage.tx, this.#stage.workspace, some);
    }
  }

  /** Looks ahead when leads will next be due to sales. */
  async #expect(leads: readonly DemoLead[], after: Instant): Promise<void> {
    const { query, workspace, now } = this.#stage;
    const ledgers = await readLedgers(
      query,
      workspace,
      leads.map(({ number }) => number),
    );
    for (const lead of leads) {
      const folded = foldUp(null, ledgers.get(lead.number)!.occurrences, this.#timeline.versions, now);
      const offered = folded?.effects.find((effect) => effect.kind === 'offered' && effect.at > after);
      if (offered?.kind !== 'offered') continue;
      const at = offered.at + SECOND;
      this.#agenda.add({ at, happen: () => this.#handOver(lead, at) });
    }
  }

  async #handOver(lead: DemoLead, at: Instant): Promise<void> {
    await this.fold([lead.number], at);
    const { query, workspace, move } = this.#stage;
    const [made] = await query<{ id: string; owner_id: string | null; tier: string; offered_at: Date }>(
      `SELECT id, owner_id, tier, offered_at FROM handoffs
       WHERE workspace_id = $1 AND lead = $2 ORDER BY offered_at DESC LIMIT 1`,
      [workspace, lead.number],
    );
    if (made === undefined || this.#handoffs.has(made.id)) return;
    const turn = this.#turns.get(lead.number) ?? 0;
    this.#turns.set(lead.number, turn + 1);
    const owner = this.#callerOf(made.owner_id) ?? this.#ownerIn(lead);
    const open: Open = { id: made.id, lead, turn, owner, isOver: false };
    this.#handoffs.set(open.id, open);
    const steps = planHandoff({
      told: lead.told,
      turn,
      offeredAt: made.offered_at.getTime(),
      tier: made.tier,
      calendar: await calendarOf(this.#timeline.at(at)!.pact),
      move,
      random: this.#random,
    });
    for (const step of steps) this.#agenda.add({ at: step.at, happen: () => this.#take(open, step) });
  }

  async #take(open: Open, step: Step): Promise<void> {
    if (open.isOver && !AFTERWARDS.has(step.kind)) return;
    const { members } = this.#stage;
    const act = (caller: Caller, work: (deed: Deed) => Promise<unknown>) =>
      this.act(actorOf(caller), step.at, work);
    const { owner, id } = open;
    switch (step.kind) {
      case 'accept':
        await act(owner, (deed) => accept(deed, owner, id, {}));
        return;
      case 'touch': {
        const note = touching(this.#random, step.channel, step.reached);
        await act(owner, (deed) => touch(deed, owner, id, { ...step, at: step.at, note }));
        return;
      }
      case 'return': {
        const { reason, until } = step;
        const text = returning(this.#random, reason);
        await act(owner, (deed) => giveBack(deed, owner, id, { reason, until, text, note: text }));
        open.isOver = true;
        break;
      }
      case 'dispute': {
        const caller = members['Miriam Albrecht'];
        await act(caller, (deed) => dispute(deed, caller, id, disputing(this.#random)));
        return;
      }
      case 'rule': {
        const caller = members['Ingrid Falk'];
        const given = { ruling: step.ruling, text: ruling(this.#random, step.ruling) };
        await act(caller, (deed) => rule(deed, caller, id, given));
        break;
      }
      case 'qualify':
        await act(owner, (deed) => qualify(deed, owner, id, { answers: qualifying(this.#random) }));
        return;
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
    await this.#expect([open.lead], step.at);
  }

  readonly #deals = new Map<string, string>();

  /** Deals of leads that nobody handed over, and that sales found itself. */
  #expectFound(lead: DemoLead): void {
    const { move, query, workspace } = this.#stage;
    const { deal, handoffs } = lead.told;
    if (deal === null || handoffs.some(({ origin }) => origin === 'marketing')) return;
    const caller = this.#ownerIn(lead);
    const at = move(deal.createdAt);
    const open = async (): Promise<void> => {
      if (this.#turns.has(lead.number)) return; // handed over after all: the deal comes of that
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
      this.#agenda.add({ at: closed, happen: close });
    };
    this.#agenda.add({ at, happen: open });
  }

  /** Takes the next step of an escalation ladder that falls due until an instant. @returns whether there was one */
  async #climbOnce(until: Instant): Promise<boolean> {
    const { query, workspace } = this.#stage;
    const [due] = await query<{ id: string; handoff_id: string; step_at: Date }>(
      `SELECT id, handoff_id, step_at FROM deadlines
       WHERE workspace_id = $1 AND met_at IS NULL AND void_at IS NULL AND step_at >= $2 AND step_at <= $3
       ORDER BY step_at LIMIT 1`,
      [workspace, Number.isFinite(this.#swept) ? new Date(this.#swept) : '-infinity', new Date(until)],
      'demo-due',
    );
    if (due === undefined) {
      this.#swept = until;
      return false;
    }
    const at = due.step_at.getTime();
    this.#swept = at;
    await this.act(SYSTEM, at, (deed) => climbDue(deed, due.handoff_id, due.id));
    const open = this.#handoffs.get(due.handoff_id);
    if (open !== undefined) await this.#lookAfter(open, at);
    return true;
  }

  /** A ladder gives a handoff to somebody else, or takes it for unanswered: then somebody says why. */
  async #lookAfter(open: Open, at: Instant): Promise<void> {
    const { query, workspace, members } = this.#stage;
    const [row] = await query<{ owner_id: string | null; answer: string | null }>(
      'SELECT owner_id, answer FROM handoffs WHERE workspace_id = $1 AND id = $2',
      [workspace, open.id],
    );
    open.owner = this.#callerOf(row!.owner_id) ?? open.owner;
    if (row!.answer !== 'lapse' || open.isOver) return;
    open.isOver = true;
    await this.#expect([open.lead], at);
    const { owner, id } = open;
    const calendarDay = 24 * 60 * MINUTE;
    const explained = Math.round(at + (0.2 + this.#random.next()) * calendarDay);
    if (!this.#random.chance(0.85)) return;
    const reason = this.#random.weighted(NO_FOLLOW_UP);
    this.#agenda.add({
      at: explained,
      happen: () => this.act(actorOf(owner), explained, (deed) => explainLapse(deed, owner, id, { reason })),
    });
    if (!this.#random.chance(0.8)) return;
    const head = members['Henrik Vogel'];
    const noted = Math.round(explained + (0.3 + this.#random.next()) * calendarDay);
    this.#agenda.add({
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
