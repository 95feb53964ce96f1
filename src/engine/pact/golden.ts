/** Golden leads: known leads, and what a version must say of them. */
import { sayCondition } from '#engine/criterion/say.ts';
import { readInstant } from '#engine/criterion/value.ts';
import type { Activity, Facts, Instant } from '#engine/facts/facts.ts';
import { explain } from '#engine/verdict/explain.ts';
import { judge } from '#engine/verdict/judge.ts';
import type { Reason, Verdict, VerdictName } from '#engine/verdict/verdict.ts';
import { parseElapsed } from './duration.ts';
import type { GoldenLead, Pact } from './pact.ts';

/** What a pact says of one of its golden leads. */
export type GoldenCheck = {
  /** Its place in `golden`, from 0. */
  index: number;
  expect: VerdictName;
  got: VerdictName;
  ok: boolean;
  /** Why it got what it got, in words. */
  because: string;
};

/** The instant from which `ago` counts back where no activity has a date. Golden leads must not age. */
const REFERENCE: Instant = Date.UTC(2026, 0, 1);

/**
 * Judges every golden lead of a pact.
 *
 * Its attributes have been so from the beginning. It is judged at the last instant given by an `at`, or at a fixed
 * instant (2026-01-01T00:00Z) when no activity has one; `ago` counts back from there, and an activity with neither
 * happens there.
 */
export function checkGolden(pact: Pact): GoldenCheck[] {
  return pact.golden.map((golden, index) => {
    const at = instantOf(golden);
    const facts = factsOf(golden, index, at);
    const verdict = judge(pact, facts, at);
    const got = verdict.verdict;
    const because = why(pact, verdict, explain(pact, facts, at));
    return { index, expect: golden.expect, got, ok: got === golden.expect, because };
  });
}

function instantOf({ activities }: GoldenLead): Instant {
  const dated = activities.flatMap(({ at }) => (at === undefined ? [] : [instant(at)]));
  return dated.length === 0 ? REFERENCE : Math.max(...dated);
}

function factsOf({ lead, activities }: GoldenLead, index: number, now: Instant): Facts {
  const done = activities.map(({ at, ago, type, ...properties }): Activity => {
    const when = at === undefined ? now - (ago === undefined ? 0 : parseElapsed(ago)) : instant(at);
    return { at: when, type, properties };
  });
  return {
    id: `golden[${index}]`,
    changes: [{ at: null, values: lead }],
    activities: done.sort((a, b) => a.at - b.at),
  };
}

function instant(text: string): Instant {
  const found = readInstant(text);
  if (found === null)
    throw new TypeError(`found ${JSON.stringify(text)} in a golden lead, wanted a date or an instant`);
  return found;
}

/** The reason that settled the verdict. */
function why(pact: Pact, { verdict, fast_lane }: Verdict, reasons: Reason[]): string {
  if (verdict === 'visitor') return `no lead: wanted ${sayCondition(pact.lead.when)}`;
  const settled = reasons.find(({ kind, criterion, holds }) => {
    if (verdict === 'bad_lead') return kind === 'bad_lead' && holds === true;
    return fast_lane === null ? kind === 'mql' : kind === 'fast_lane' && criterion === fast_lane;
  });
  return settled!.because;
}
