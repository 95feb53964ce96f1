/** How far two raters agree on the same things, beyond what chance would have them agree on. */
import { wilson } from '#engine/calibration/interval.ts';

/** Counts of things both rated yes or no. */
export type Ratings = { bothYes: number; bothNo: number; firstOnly: number; secondOnly: number };

export type Agreement = {
  n: number;
  /** The share they agree on; null of nothing. */
  agreement: number | null;
  /** Cohen's kappa: 1 is all, 0 what chance gives. Null where both gave one answer to everything. */
  kappa: number | null;
  /** 95 %, within -1 and 1. */
  interval: [number, number] | null;
  /** Kappa below .6: the words they rate by do not mean the same to both. */
  unclear: boolean;
};

/** From here on agreement counts as substantial (Landis and Koch 1977); below it words are mended before points. */
const CLEAR = 0.6;
const Z = 1.959963984540054;

/**
 * Cohen's kappa (Cohen 1960) with the large-sample interval of Fleiss, Cohen and Everitt (1969), "Large sample standard
 * errors of kappa and weighted kappa". Where all agree that interval has no width; then its lower end is the kappa of
 * the lower Wilson bound of the share they agree on.
 */
export function agreementOf({ bothYes, bothNo, firstOnly, secondOnly }: Ratings): Agreement {
  const n = bothYes + bothNo + firstOnly + secondOnly;
  if (n === 0) return { n, agreement: null, kappa: null, interval: null, unclear: false };
  const p = [
    [bothYes / n, firstOnly / n],
    [secondOnly / n, bothNo / n],
  ] as const;
  const first = [p[0][0] + p[0][1], p[1][0] + p[1][1]] as const;
  const second = [p[0][0] + p[1][0], p[0][1] + p[1][1]] as const;
  const agreement = p[0][0] + p[1][1];
  const chance = first[0] * second[0] + first[1] * second[1];
  if (chance === 1) return { n, agreement, kappa: null, interval: null, unclear: false };
  const kappaAt = (share: number): number => (share - chance) / (1 - chance);
  const kappa = kappaAt(agreement);
  const k = 1 - kappa;
  const own =
    p[0][0] * (1 - (first[0] + second[0]) * k) ** 2 + p[1][1] * (1 - (first[1] + second[1]) * k) ** 2;
  const other = k ** 2 * (p[0][1] * (second[0] + first[1]) ** 2 + p[1][0] * (second[1] + first[0]) ** 2);
  const variance = (own + other - (kappa - chance * k) ** 2) / (n * (1 - chance) ** 2);
  const half = Z * Math.sqrt(Math.max(variance, 0));
  const low = agreement === 1 ? kappaAt(wilson({ n, won: n })[0]) : kappa - half;
  const interval: [number, number] = [Math.max(-1, low), Math.min(1, kappa + half)];
  return { n, agreement, kappa, interval, unclear: kappa < CLEAR };
}

/** One thing both rated, and what is known of it. */
export type Rated = {
  attributes: Readonly<Record<string, string | number | boolean>>;
  first: boolean;
  second: boolean;
};

/** A value of an attribute, and how often they disagree where it is so. */
export type Disagreement = {
  attribute: string;
  value: string;
  n: number;
  disagreed: number;
  /** Of these, how many the first alone rated yes. */
  firstOnly: number;
};

/** Fewer than this say nothing of a value. */
const FEWEST = 3;
const MOST_VALUES = 12;

/**
 * Where they disagree more than on the whole, the clearest first: values of attributes, and numbers in thirds. An
 * attribute with a value of its own for nearly everybody tells nothing, and is left out.
 */
export function disagreements(rated: readonly Rated[]): Disagreement[] {
  const overall = rated.filter(({ first, second }) => first !== second).length / Math.max(rated.length, 1);
  const names = new Set(rated.flatMap(({ attributes }) => Object.keys(attributes)));
  const found = [...names].flatMap((attribute) => {
    const labels = labelsOf(rated.map(({ attributes }) => attributes[attribute]));
    const groups = Map.groupBy(rated.keys(), (i) => labels[i]!);
    if (groups.size < 2 || groups.size > MOST_VALUES) return [];
    return [...groups].map(([value, places]): Disagreement => {
      const apart = [...places].map((i) => rated[i]!).filter(({ first, second }) => first !== second);
      const firstOnly = apart.filter(({ first }) => first).length;
      return { attribute, value, n: places.length, disagreed: apart.length, firstOnly };
    });
  });
  const excess = ({ n, disagreed }: Disagreement): number => disagreed - overall * n;
  return found
    .filter((one) => one.n >= FEWEST && excess(one) > 0)
    .toSorted((a, b) => excess(b) - excess(a) || (a.attribute < b.attribute ? -1 : 1));
}

/** Numbers as the third they lie in, anything else as it is. */
function labelsOf(values: readonly (string | number | boolean | undefined)[]): string[] {
  const numbers = values.filter((value) => typeof value === 'number').toSorted((a, b) => a - b);
  if (new Set(numbers).size <= 3)
    return values.map((value) => (value === undefined ? 'not known' : String(value)));
  const [low, high] = [1, 2].map((third) => numbers[Math.floor((numbers.length * third) / 3)]!) as [
    number,
    number,
  ];
  return values.map((value) => {
    if (typeof value !== 'number') return value === undefined ? 'not known' : String(value);
    return value < low ? `below ${low}` : value < high ? `${low} to below ${high}` : `${high} and more`;
  });
}
