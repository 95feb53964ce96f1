import { type Card, scoreRows } from './card.ts';
import { ENOUGH_TO_COMPARE, type Stability, stabilityIndex, stabilityOf } from './drift.ts';
import { separation } from './metrics.ts';
import { counted, listed, percent } from './words.ts';

/** What changed between the older and the newer half of the leads. A move of the base rate is told apart from rank. */
export type Shift = {
  /** Leads of the older and of the newer half. */
  leads: [number, number];
  /** Their close rates. */
  rate: [number, number];
  /** How well the card ranks each half. */
  auc: [number | null, number | null];
  /** Of the bands of the score; null when a half is too small to say. */
  psi: number | null;
  verdict: Stability | 'too few';
  /** Of the bins of each attribute that carries points. */
  attributes: { name: string; csi: number; verdict: Stability }[];
};

const BANDS = 10;
/** Standard errors from which a move of the base rate is not chance. */
const CERTAIN = 3;

/** Compares the halves of the given rows by date; null when there are no dates to part them by. */
export function shiftOf(
  card: Card,
  won: Uint8Array,
  createdAt: Float64Array,
  rows: Int32Array,
): Shift | null {
  const dated = rows
    .filter((row) => !Number.isNaN(createdAt[row]!))
    .sort((a, b) => createdAt[a]! - createdAt[b]! || a - b);
  const middle = createdAt[dated[Math.floor(dated.length / 2)] ?? -1];
  if (middle === undefined) return null;
  const halves = [
    dated.filter((row) => createdAt[row]! < middle),
    dated.filter((row) => createdAt[row]! >= middle),
  ] as const;
  const [older, newer] = halves;
  if (older.length === 0) return null;

  const scores = [scoreRows(card, older), scoreRows(card, newer)] as const;
  const outcomes = [older.map((row) => won[row]!), newer.map((row) => won[row]!)].map((o) =>
    Uint8Array.from(o),
  );
  const rate = outcomes.map((o) => o.reduce((sum, w) => sum + w, 0) / o.length);
  const enough = Math.min(older.length, newer.length) >= ENOUGH_TO_COMPARE;
  const psi = enough ? scoreIndex(scores[0], scores[1]) : null;
  const telling = card.lines.filter(({ beta }) => beta > 0);
  return {
    leads: [older.length, newer.length],
    rate: [rate[0]!, rate[1]!],
    auc: [separation(scores[0], outcomes[0]!)?.auc ?? null, separation(scores[1], outcomes[1]!)?.auc ?? null],
    psi,
    verdict: psi === null ? 'too few' : stabilityOf(psi),
    attributes: !enough
      ? []
      : telling.map(({ attribute, binning }) => {
          const [before, now] = halves.map((half) => {
            const counts = new Float64Array(binning.bins.length);
            for (const row of half) counts[binning.binOf[attribute.codes[row]!]!]!++;
            return counts;
          });
          const csi = stabilityIndex(before!, now!);
          return { name: attribute.name, csi, verdict: stabilityOf(csi) };
        }),
  };
}

/** Over ten bands that held a tenth of the older leads each. */
function scoreIndex(older: Float64Array, newer: Float64Array): number {
  const sorted = older.toSorted();
  const cuts = Array.from(
    { length: BANDS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BANDS)]!,
  );
  const bounds = [...new Set(cuts)];
  const count = (scores: Float64Array): Float64Array => {
    const counts = new Float64Array(bounds.length + 1);
    for (const score of scores) counts[bounds.filter((bound) => score >= bound).length]!++;
    return counts;
  };
  return stabilityIndex(count(older), count(newer));
}

/** The sentences that a shift calls for. */
export function shiftWarnings({
  leads,
  rate,
  auc,
  psi,
  verdict,
  attributes,
}: Shift): { code: string; message: string }[] {
  const warnings: { code: string; message: string }[] = [];
  const pooled = (rate[0] * leads[0] + rate[1] * leads[1]) / (leads[0] + leads[1]);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / leads[0] + 1 / leads[1]));
  if (error > 0 && Math.abs(rate[1] - rate[0]) > CERTAIN * error) {
    const holds = auc[0] !== null && auc[1] !== null && auc[1] > auc[0] - 0.03;
    const ranks =
      auc[0] === null || auc[1] === null
        ? ''
        : ` The order of leads ${holds ? 'holds' : 'got worse too'}: AUC ${auc[0].toFixed(2)}, then ${auc[1].toFixed(2)}.`;
    warnings.push({
      code: 'base_rate',
      message: `The newer half of the leads won ${percent(rate[1])}, the older half ${percent(rate[0])}. That moves every score alike.${ranks}`,
    });
  }
  if (psi !== null && verdict !== 'stable') {
    warnings.push({
      code: 'drift',
      message: `Newer leads score differently from older ones (PSI ${psi.toFixed(2)}, ${verdict === 'act' ? 'above .25: act' : 'between .10 and .25: watch'}).`,
    });
  }
  const moved = attributes.filter(({ verdict }) => verdict === 'act').sort((a, b) => b.csi - a.csi);
  if (moved.length > 0) {
    warnings.push({
      code: 'drift',
      message: `${listed(moved.slice(0, 5).map(({ name, csi }) => `"${name}" (CSI ${csi.toFixed(2)})`))} ${moved.length === 1 ? 'holds' : 'hold'} other answers in the newer half than in the older one.`,
    });
  }
  if (verdict === 'too few') {
    warnings.push({
      code: 'drift_unknown',
      message: `Too few leads to say whether newer ones differ from older ones: ${counted(leads[0], 'lead')} and ${counted(leads[1], 'lead')}, and ${ENOUGH_TO_COMPARE} a side are needed.`,
    });
  }
  return warnings;
}
