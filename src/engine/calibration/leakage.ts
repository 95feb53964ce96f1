import { JUDGEABLE } from './attribute.ts';
import { type Content, isAbsent } from './bins.ts';
import { type Evident, LEAST_IV } from './card.ts';
import { type Tally, weightOfEvidence } from './evidence.ts';
import { wilson } from './interval.ts';
import { signOf } from './names.ts';
import { type Roundness, roundnessOf } from './roundness.ts';
import { EMPTY } from './table.ts';
import { percent, plain } from './words.ts';

/**
 * Guards against attributes that know the outcome because they were written with it or after it (methods: what real
 * data taught, lesson 4). Each gives a reason; what follows from it is decided in one place.
 */
type Finding = { excludes: boolean; why: string };

export type Suspicion = {
  name: string;
  /** Left out unless somebody says to keep it. */
  excluded: boolean;
  /** One sentence a reason. */
  whys: string[];
};

/** Honest attributes stay below about 1.1, and mostly below .75. */
const SUSPECT_IV = 1;
const EXCLUDED_IV = 1.5;
/** Above this an attribute is worth a second look, though not a suspicion of its own. */
const REMARKABLE_IV = 0.5;
/** Information that "filled or empty" alone may hold. */
const DECIDES = 0.5;
/** Below this an attribute says too little for its name to matter. */
const TELLS = 0.1;
/** The share of leads that may sit in levels whose outcome is all but certain. */
const CERTAIN_SHARE = 0.05;
/** Rows with an empty cell in the one column or the other of which nearly all are empty in both: filled together. */
const TOGETHER = 0.98;
/** Information in the roundness of an amount from which it was edited rather than estimated. */
const EDITED_IV = 0.3;

/** An attribute as the guards see it. */
type Look = Evident & {
  all: Tally;
  empty: Tally;
  answered: Tally;
  /** The information value beyond what chance alone gives: on a small file that must not look like a leak. */
  excess: number;
  roundness: Roundness | null;
};

const GUARDS: ((look: Look) => Finding | null)[] = [
  tooGood,
  oneOutcomeOnly,
  certainLevels,
  decidesByBeingFilled,
  edited,
  named,
];

/** What is suspicious about each attribute, in their order; those without any suspicion are left out. */
export function findLeaks(evidence: readonly Evident[], won: Uint8Array): Suspicion[] {
  const looks = evidence.map((evident) => lookAt(evident, won));
  const findings = looks.map((look) => GUARDS.flatMap((guard) => guard(look) ?? []));
  const doubtful = looks.filter(({ excess }, i) => findings[i]!.length > 0 || excess >= REMARKABLE_IV);
  return looks.flatMap((look, i) => {
    if (findings[i]!.length === 0 && look.iv >= LEAST_IV) findings[i]!.push(...tainted(look, doubtful));
    return verdictOf(look, findings[i]!) ?? [];
  });
}

/** A column that is empty for the same leads as a doubtful one was probably filled in with it. */
function tainted(look: Look, doubtful: readonly Look[]): Finding[] {
  const companion = doubtful.find((other) => other !== look && filledTogether(look, other));
  if (companion === undefined) return [];
  const { attribute, iv } = companion;
  return [
    {
      excludes: false,
      why: `it is empty for the same ${plain(look.empty.n)} leads as "${attribute.name}", which is doubtful (information value ${iv.toFixed(2)}): they were probably filled in together`,
    },
  ];
}

function verdictOf(look: Look, findings: Finding[]): Suspicion | null {
  if (findings.length === 0) return null;
  const excluded =
    findings.some(({ excludes }) => excludes) || (look.excess > SUSPECT_IV && findings.length > 1);
  return { name: look.attribute.name, excluded, whys: findings.map(({ why }) => why) };
}

function lookAt(evident: Evident, won: Uint8Array): Look {
  const { attribute, binning, tallies, iv, byChance } = evident;
  const sumOf = (taken: (content: Content) => boolean): Tally =>
    tallies.reduce(
      (sum, { n, won }, bin) =>
        taken(binning.bins[bin]!.content) ? { n: sum.n + n, won: sum.won + won } : sum,
      { n: 0, won: 0 },
    );
  return {
    ...evident,
    all: { n: won.length, won: won.reduce((sum, w) => sum + w, 0) },
    empty: sumOf(({ is }) => is === 'missing'),
    answered: sumOf((content) => !isAbsent(content)),
    excess: iv - byChance,
    roundness: roundnessOf(attribute, won),
  };
}

function tooGood({ excess, iv, binning, tallies, all }: Look): Finding | null {
  if (!(excess > SUSPECT_IV)) return null;
  const share = (bin: number): number => Math.abs(tallies[bin]!.won - (tallies[bin]!.n * all.won) / all.n);
  const loudest = tallies.reduce((best, _, bin) => (share(bin) > share(best) ? bin : best), 0);
  const { n, won } = tallies[loudest]!;
  const example = `"${binning.bins[loudest]!.label}": ${percent(won / n)} of ${plain(n)} won`;
  const excludes = excess > EXCLUDED_IV;
  return {
    excludes,
    why: `its information value is ${iv.toFixed(2)}, where honest attributes mostly stay below .75 (${example})`,
  };
}

function oneOutcomeOnly({ answered, all }: Look): Finding | null {
  if (answered.n < JUDGEABLE || answered.n > 0.98 * all.n) return null;
  const rate = answered.won / answered.n;
  const base = all.won / all.n;
  const onlyWon = rate >= 0.98 && answered.n * (1 - base) >= 10;
  const onlyLost = rate <= 0.02 * base && answered.n * base >= 10;
  if (!onlyWon && !onlyLost) return null;
  return {
    excludes: true,
    why: `it is filled (nearly) only for leads that ${onlyWon ? 'won' : 'were lost'}: ${plain(answered.won)} of the ${plain(answered.n)} filled ones won`,
  };
}

function certainLevels({ binning, tallies, all }: Look): Finding | null {
  const base = all.won / all.n;
  const certain = tallies.flatMap((tally, bin) => {
    const [low, high] = wilson(tally);
    const isWon = base <= 0.8 && low >= 0.95;
    const isLost = high <= base / 10 && tally.n * base >= 20;
    return isWon || isLost ? [bin] : [];
  });
  const held = certain.reduce((sum, bin) => sum + tallies[bin]!.n, 0);
  if (held < CERTAIN_SHARE * all.n) return null;
  const named = certain
    .slice(0, 3)
    .map(
      (bin) =>
        `"${binning.bins[bin]!.label}" ${percent(tallies[bin]!.won / tallies[bin]!.n)} of ${plain(tallies[bin]!.n)}`,
    );
  return {
    excludes: false,
    why: `it makes the outcome all but certain for ${plain(held)} leads (won: ${named.join(', ')})`,
  };
}

function decidesByBeingFilled({ empty, all }: Look): Finding | null {
  const filled = { n: all.n - empty.n, won: all.won - empty.won };
  if (empty.n < JUDGEABLE || filled.n < JUDGEABLE) return null;
  const { iv } = weightOfEvidence([empty, filled]);
  if (iv < DECIDES) return null;
  return {
    excludes: false,
    why: `whether it is filled at all decides most of it: ${percent(empty.won / empty.n)} of ${plain(empty.n)} empty ones won, ${percent(filled.won / filled.n)} of the others; it may be filled in while selling`,
  };
}

function edited({ roundness }: Look): Finding | null {
  if (roundness === null || roundness.iv < TELLS) return null;
  const { round, odd } = roundness;
  return {
    excludes: roundness.iv >= EDITED_IV,
    why: `how round the number is predicts the outcome: ${percent(round.won / round.n)} of ${plain(round.n)} round ones won, ${percent(odd.won / odd.n)} of ${plain(odd.n)} others; it was probably edited when the deal closed`,
  };
}

function named({ attribute, excess }: Look): Finding | null {
  const sign = signOf(attribute.name);
  if (!sign || excess < TELLS) return null;
  return { excludes: excess >= sign.excludedFrom, why: sign.why };
}

function filledTogether(a: Look, b: Look): boolean {
  if (a.empty.n < JUDGEABLE || a.empty.n > 0.98 * a.all.n) return false;
  if (Math.abs(a.empty.n - b.empty.n) > (1 - TOGETHER) * a.empty.n) return false;
  let both = 0;
  for (let row = 0; row < a.attribute.codes.length; row++) {
    if (isEmptyCell(a, row) && isEmptyCell(b, row)) both++;
  }
  return both >= TOGETHER * (a.empty.n + b.empty.n - both);
}
const isEmptyCell = ({ attribute }: Look, row: number): boolean => attribute.codes[row] === EMPTY;
