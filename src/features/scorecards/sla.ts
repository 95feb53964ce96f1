/** The agreement from both sides: marketing's volume and quality with the pace line, sales' clocks and answers. */
import type { z } from 'zod';
import type { showSla } from '#contract/scorecards.ts';
import { TERMS } from '#engine/handoff/deadlines.ts';
import { attainment } from '#engine/measures/attainment.ts';
import { type Figure, share } from '#engine/measures/figure.ts';
import { paceOf } from '#engine/measures/promises.ts';
import { sayNumber } from '#engine/measures/say.ts';
import { acceptance, compliance, feedback } from '#engine/measures/scorecard.ts';
import { count, countBy } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import { overPeriod, workingDays } from './promised.ts';
import { dayAt, type Scope } from './scope.ts';
import { TOUCH_TERMS } from './scorecard.ts';
import { deliveredValue } from './value.ts';

type Sla = z.infer<typeof showSla.reply>;
type Pace = Sla['marketing']['volume'];

const CLOCK_SETS = ['met', 'late', 'overdue', 'open', 'due'] as const;
const NAMES = { first_touch: 'First touch', accept: 'Answer', decide: 'Decision' };

export async function sla(scope: Scope): Promise<Pick<Sla, 'marketing' | 'sales' | 'tiers'>> {
  return { marketing: await marketing(scope), sales: await sales(scope), tiers: await tiers(scope) };
}

async function marketing(scope: Scope): Promise<Sla['marketing']> {
  const terms = scope.version?.pact.terms.marketing;
  const sets = ['offered', 'compliant', 'accepted', 'answered'] as const;
  const n = await count(scope, 'handoffs', sets);
  const open = (set: (typeof sets)[number]) => opening(scope, 'handoffs', set, n[set]);
  const volume = await pace(scope, overPeriod(scope, terms?.mqls_per_month), n.offered);
  const worth = overPeriod(scope, terms?.value_per_month);
  const value = worth === null ? null : await valuePace(scope, worth, volume);
  const quality = [
    dressed(compliance(n.compliant, n.offered), {
      promised: terms?.compliance,
      numerator: open('compliant'),
      denominator: open('offered'),
    }),
    dressed(acceptance(n.accepted, n.answered - n.accepted), {
      promised: terms?.acceptance,
      numerator: open('accepted'),
      denominator: open('answered'),
    }),
  ];
  const onPace = value ?? volume;
  const inVolume = onPace.gap === null ? null : onPace.gap >= 0;
  const inQuality = bothOf(quality.map(({ kept }) => kept));
  const kept = bothOf([inVolume, inQuality]);
  return { volume, value, quality, kept, says: sayMarketing(inVolume, inQuality) };
}

/** True when all that can be said is true, false as soon as one is not; null when nothing can be said. */
function bothOf(answers: readonly (boolean | null)[]): boolean | null {
  const said = answers.filter((one) => one !== null);
  return said.length === 0 ? null : said.every(Boolean);
}

function sayMarketing(volume: boolean | null, quality: boolean | null): string {
  if (volume === null && quality === null) return 'There is nothing promised, or too little to say.';
  if (volume === true && quality === false)
    return 'The volume is there, the quality is not: the agreement is not kept.';
  if (volume === false && quality !== false) return 'The volume is behind its pace.';
  if (volume === false) return 'Neither the volume nor the quality is what was promised.';
  return quality === null
    ? 'The volume is on its pace; of quality there is too little to say.'
    : 'Volume and quality are what was promised.';
}

async function pace(scope: Scope, promised: number | null, actual: number): Promise<Pace> {
  const days = await workingDays(scope);
  const today = dayAt(Math.min(scope.now, scope.to - 1), scope.zone).toString();
  const day = days.filter((one) => one <= today).length;
  const byDay = await countBy(scope, 'handoffs', ['offered'], 'day');
  const all = [...byDay].map(([on, { offered }]) => ({ on, offered }));
  const line = days.map((on, i) => ({
    on,
    expected: promised === null ? null : paceOf(promised, days.length, i + 1, 0).expected,
    // What came on a day off belongs to the working day after it; after the last one, to the last.
    actual:
      on > today
        ? null
        : all
            .filter((one) => one.on <= on || i === days.length - 1)
            .reduce((sum, { offered }) => sum + offered, 0),
  }));
  const rows = opening(scope, 'handoffs', 'offered', actual);
  const common = { days: days.length, day, promised, actual, line, rows };
  if (promised === null) {
    return {
      ...common,
      expected: null,
      gap: null,
      says: `${sayNumber(actual)} MQLs; no number is promised.`,
    };
  }
  const { expected, gap } = paceOf(promised, days.length, day, actual);
  return {
    ...common,
    expected,
    gap,
    says: sayPace({ day, days: days.length, expected, gap, actual }, 'MQLs', true),
  };
}

function sayPace(
  {
    day,
    days,
    expected,
    gap,
    actual,
  }: { day: number; days: number; expected: number; gap: number; actual: number },
  what: string,
  isWhole: boolean,
): string {
  // A lead is whole: 24.29 too few are 25, and a hair ahead is not one more.
  const whole = isWhole ? Math.ceil(Math.abs(gap) - 1e-9) * Math.sign(gap) : gap;
  const ahead = isWhole ? Math.floor(Math.max(gap, 0) + 1e-9) : gap;
  const where =
    gap < 0 ? `${sayNumber(-whole)} too few` : ahead === 0 ? 'on the line' : `${sayNumber(ahead)} ahead`;
  const line = isWhole ? Math.round(expected) : expected;
  return `${sayNumber(actual)} ${what} by working day ${day} of ${days}; a steady pace would be at ${isWhole && line !== expected ? 'about ' : ''}${sayNumber(line)}: ${where}.`;
}

/** The same line in value; how it grew day by day is not told. */
async function valuePace(scope: Scope, promised: number, { days, day, rows }: Pace): Promise<Pace> {
  const { value, currency, says } = await deliveredValue(scope);
  const common = { days, day, promised, line: [], rows };
  if (value === null) return { ...common, actual: 0, expected: null, gap: null, says };
  const { expected, gap } = paceOf(promised, days, day, value);
  return {
    ...common,
    actual: value,
    expected,
    gap,
    says: sayPace({ day, days, expected, gap, actual: value }, currency ?? '', false),
  };
}

async function sales(scope: Scope): Promise<Sla['sales']> {
  const terms = scope.version?.pact.terms.sales;
  const byTerm = await countBy(scope, 'clocks', CLOCK_SETS, 'term');
  const none = { met: 0, late: 0, overdue: 0, open: 0, due: 0 };
  const standings = TERMS.map((term) => {
    const n = byTerm.get(term) ?? none;
    const open = (set: (typeof CLOCK_SETS)[number]) => opening(scope, 'clocks', set, n[set], { term });
    const figure = attainment('attainment', n, `clocks (${NAMES[term].toLowerCase()})`);
    return {
      term,
      attainment: dressed(figure, {
        name: NAMES[term],
        promised: term === 'decide' ? terms?.feedback : terms?.attainment,
        numerator: open('met'),
        denominator: open('due'),
      }),
      met: open('met'),
      late: open('late'),
      overdue: open('overdue'),
      open: open('open'),
    };
  });
  const decide = byTerm.get('decide') ?? none;
  const told = dressed(feedback(decide.met, decide.due), {
    promised: terms?.feedback,
    numerator: opening(scope, 'clocks', 'met', decide.met, { term: 'decide' }),
    denominator: opening(scope, 'clocks', 'due', decide.due, { term: 'decide' }),
  });
  const kept = bothOf(standings.map(({ attainment: { kept: one } }) => one));
  const worst = standings
    .filter(({ attainment: { kept: one } }) => one === false)
    .map(({ attainment: { name, says } }) => `${name}: ${says}`);
  const says =
    kept === null
      ? 'There is too little to say, or nothing is promised.'
      : worst.length === 0
        ? 'Every promise was kept.'
        : worst.join(' ');
  return { terms: standings, attempts: await attempts(scope), feedback: told, kept, says };
}

async function attempts(scope: Scope) {
  const n = await count(scope, 'handoffs', ['unreachable', 'unreachable_rightly']);
  const figure: Figure = share('attempts', n.unreachable_rightly, n.unreachable, {
    of: 'leads given back as unreachable',
    did: 'were tried as often as agreed',
  });
  return dressed(figure, {
    numerator: opening(scope, 'handoffs', 'unreachable_rightly', n.unreachable_rightly),
    denominator: opening(scope, 'handoffs', 'unreachable', n.unreachable),
  });
}

async function tiers(scope: Scope): Promise<Sla['tiers']> {
  const byTier = await countBy(scope, 'clocks', CLOCK_SETS, 'tier', TOUCH_TERMS);
  return [...byTier].map(([tier, n]) => ({
    tier,
    attainment: dressed(attainment('attainment', n, `clocks of ${tier} leads`), {
      promised: scope.version?.pact.terms.sales.attainment,
      numerator: opening(scope, 'clocks', 'met', n.met, { ...TOUCH_TERMS, tier }),
      denominator: opening(scope, 'clocks', 'due', n.due, { ...TOUCH_TERMS, tier }),
    }),
  }));
}
