import type { Attribute } from './attribute.ts';
import { type Card, type Evident, LEAST_IV, learn } from './card.ts';
import type { Duplicates } from './duplicates.ts';
import { type Figures, testRounds } from './figures.ts';
import type { Warning } from './report.ts';
import { crossValidated, dealFolds, type Round, timeOrdered } from './split.ts';
import { counted, plain } from './words.ts';

/** A card made from all leads, and how cards made the same way do on leads they have not seen. */
export type Trial = { card: Card; figures: Figures; split: string; notes: Warning[] };

export type TrialInput = {
  evidence: Evident[];
  won: Uint8Array;
  duplicates: Duplicates;
  /** To test on the newest leads; null to cross-validate. */
  orderBy: Float64Array | null;
  anyShape: ReadonlySet<string>;
};

/** Folds are drawn by these seeds: the same file gives the same card and the same figures. */
const TESTING_SEED = 20260101;
const LEARNING_SEED = 20260102;
/** Won and lost leads that a time-ordered test needs on its newer side. */
const LEAST_TESTED = 10;

export function tryOut(input: TrialInput): Trial {
  const { evidence, won, anyShape } = input;
  const rows = Int32Array.from(won, (_, row) => row);
  const foldOf = dealFolds(won, input.duplicates.groupOf, LEARNING_SEED);
  const card = learn(evidence, { won, rows, foldOf });
  const attributes: Attribute[] = evidence.map(({ attribute }) => attribute);
  const { rounds, split, notes } = partition(input);
  return { card, figures: testRounds(attributes, { won, foldOf }, rounds, anyShape, card), split, notes };
}

type Partition = { rounds: Round[]; split: string; notes: Warning[] };

function partition({ won, duplicates, orderBy }: TrialInput): Partition {
  const { groupOf, repeats, grouped } = duplicates;
  const copies = grouped ? `, ${counted(repeats, 'duplicate')}` : '';
  const round = orderBy && timeOrdered(orderBy, groupOf);
  const wins = round ? round.test.reduce((sum, row) => sum + won[row]!, 0) : 0;
  if (round && wins >= LEAST_TESTED && round.test.length - wins >= LEAST_TESTED) {
    const kept = copies && `${copies} kept on one side`;
    const split = `time-ordered: fitted on the oldest ${plain(round.fit.length)}, tested on the newest ${plain(round.test.length)}${kept}`;
    return { rounds: [round], split, notes: [] };
  }
  const rounds = crossValidated(won, groupOf, TESTING_SEED);
  const split = `5-fold cross-validated${copies && `${copies} grouped`}`;
  const notes: Warning[] = orderBy ? [unordered(round ? wins : null)] : [];
  return { rounds, split, notes };
}

function unordered(wins: number | null): Warning {
  const why =
    wins === null
      ? 'the leads do not differ in time'
      : `only ${counted(wins, 'won lead')} is among the newest`;
  return {
    code: 'not_by_time',
    message: `Not tested by time, since ${why}: cross-validated instead, which flatters where things change.`,
  };
}

/** Whether a trial found nothing to rank leads by: no attribute that tells, or ranks that chance gives as well. */
export function saysNothing({ card, figures }: Trial): boolean {
  const telling = card.lines.some(({ iv, beta }) => iv >= LEAST_IV && beta > 0);
  return !telling || figures.auc_interval === null || figures.auc_interval[0] <= 0.5;
}

export function noSignal({ figures }: Trial): Warning {
  const [low, high] = figures.auc_interval ?? [0, 1];
  return {
    code: 'no_signal',
    message: `No usable signal: on leads it has not seen, a card ranks no better than chance (AUC ${figures.auc?.toFixed(2) ?? 'unknown'}, ${low.toFixed(2)} to ${high.toFixed(2)}). Nothing in this file tells won from lost leads, so no points are proposed.`,
  };
}
