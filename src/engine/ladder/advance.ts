/**
 * The ladder: what happens next to a lead, as data. Nothing is done here, and the clock is in the occurrence.
 *
 * ```text
 *                 visitor ─ conversion ─ the pact's stages            bad_lead
 *                 └────────────── nurture: as the judge says ──────────────┘
 *                    │ MQL, and not held                   ▲ turned bad, or no lead: withdrawn
 *                    ▼                                     │
 *   waiting ◄─ mql: offered, open until answered ──────────┘
 *  (recycled)  │  returned to recycle, or lapsed ─► waiting
 *      │       │  returned to disqualify ─────────► ended (disqualified)
 *      │       ▼ accepted
 *      │     sal ─ qualified ─► sql ─ deal opened ─► opportunity ─► ended (won, lost)
 *      │     └────────────── working: as sales says ──────────────┘
 *      └─► the next pass: nurture again, on the date agreed, by a signal, by a better fit
 * ```
 *
 * - **Passes.** A pass ends as recycled, disqualified, won or lost. What comes after is the next pass, and each pass
 *   hands over at most once. All activities stay in the ledger.
 * - **Not by the same facts.** A recycled lead returns when the date agreed has come, when what it did *since* makes
 *   it an MQL by itself, or when its fit is a better letter than it was (`phases.ts`).
 * - **Late news.** Occurrences may arrive in any order: the state is that of the same occurrences folded in order of
 *   time. Effects then say what lies between what was told and what is so, once, and are marked late.
 * - **Time.** What decay and windows change by themselves happens at `next`: send `time` then. Nothing is polled.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { NEVER } from '#engine/verdict/next.ts';
import { type Effect, effectsBetween } from './effect.ts';
import { Fold } from './fold.ts';
import { digestOf, InForce, type Version } from './in-force.ts';
import type { LeadState } from './lead.ts';
import { entered, momentsOf, newTo } from './ledger.ts';
import { instantOf, type Occurrence } from './occurrence.ts';
import type { Standing } from './standing.ts';

/**
 * The lead's next state, and what follows from one occurrence.
 *
 * `pact` is the pact in force, always; or all its versions with their dates, so that late news is judged by the
 * version then in force. Throws a `RangeError` for a return whose reason the pact does not know.
 */
export const advance = (
  lead: LeadState,
  occurrence: Occurrence,
  pact: Pact | readonly Version[],
): [LeadState, Effect[]] => advanceAll(lead, [occurrence], pact);

/** As `advance`, for any number of occurrences, in any order. */
export function advanceAll(
  lead: LeadState,
  occurrences: readonly Occurrence[],
  pact: Pact | readonly Version[],
): [LeadState, Effect[]] {
  const news = newTo(lead.ledger, occurrences);
  if (news.length === 0) return [lead, []];
  const inForce = new InForce(pact);
  const ledger = entered(lead.ledger, news);

  const effects: Effect[] = [];
  const told = lead.standing;
  const behind = told === null ? [] : news.filter((one) => isBehind(one, told.at));
  const fold = behind.length > 0 ? Fold.of(ledger, inForce, told!.at) : resumed(lead);
  if (behind.length > 0) effects.push(...newsOfThePast(told!, fold.standing!, behind[0]!, inForce));
  const ahead = behind.length > 0 ? news.filter((one) => instantOf(one) > told!.at) : news;
  for (const moment of momentsOf(ahead)) effects.push(...fold.take(moment, ledger, inForce));

  const instant = fold.next(inForce);
  const next = instant === NEVER ? null : instant;
  if (next !== lead.next) effects.push({ kind: 'wake', at: next });
  const { standing, before } = fold;
  const advanced = { id: lead.id, ledger, standing, before, next };
  folds.set(advanced, fold);
  return [advanced, effects];
}

/** What was worked out for a state, so that the next occurrence in order does not mean starting over. */
const folds = new WeakMap<LeadState, Fold>();

function resumed(lead: LeadState): Fold {
  const fold = folds.get(lead);
  folds.delete(lead); // a fold moves on with the state it leads to; a second branch starts from the ledger
  return fold ?? Fold.resume(lead.standing, lead.before);
}

function newsOfThePast(told: Standing, now: Standing, by: Occurrence, inForce: InForce): Effect[] {
  const pact = inForce.at(told.at);
  return effectsBetween(told, now, { by, pact, digest: digestOf(pact), late: instantOf(by) < told.at });
}

/** Whether it changes what was already worked out: it is earlier, or it may overrule an attribute of that instant. */
const isBehind = (one: Occurrence, at: Instant): boolean =>
  instantOf(one) < at || (instantOf(one) === at && one.kind === 'attributes');
