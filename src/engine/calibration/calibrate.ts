import { baseRateCard, type Card, type Evident, evidenceOf, type Line, scoreRows } from './card.ts';
import { type Choice, chooseColumns } from './choose.ts';
import { cohortsOf } from './cohorts.ts';
import { findDuplicates } from './duplicates.ts';
import { shaky, tooFew } from './enough.ts';
import { strengthOf } from './evidence.ts';
import { NO_FIGURES, rounded } from './figures.ts';
import { trackingGaps } from './gaps.ts';
import { separation } from './metrics.ts';
import type { Report, ReportedAttribute, Warning } from './report.ts';
import { screen, sensitive } from './screen.ts';
import { bentShapes } from './shape.ts';
import { shiftOf, shiftWarnings } from './shift.ts';
import type { Table } from './table.ts';
import { noSignal, saysNothing, tryOut } from './trial.ts';
import { plain } from './words.ts';

/** What is studied: leads whose outcome is known. */
export type Study = Choice & {
  /** The attributes; the outcome is not among them. */
  table: Table;
  /** 1 won, 0 lost, a row. */
  won: Uint8Array;
  /** When each lead came in, NaN where it is not known; null when the file does not say. */
  createdAt: Float64Array | null;
  /** When each lead's deal closed, NaN where it is not known; null when the file does not say. */
  closedAt: Float64Array | null;
  /** Test on the newest leads rather than by cross-validation; needs `createdAt`. */
  byTime: boolean;
  /** Leads left out because their outcome is not known yet. */
  open: number;
  /** Numbers whose close rate may rise and fall again. Names as in the table. */
  anyShape: readonly string[];
};

/** The report, and the card behind it, from which a pact can be drawn. */
export type Calibration = { report: Report; card: Card };

/**
 * Studies won and lost leads: what each attribute says of the outcome, which attributes say too much to be believed,
 * points of which ten double the odds, and how well such points rank leads they were not made from.
 */
export function calibrate(study: Study): Calibration {
  const { table, won, createdAt, closedAt } = study;
  const anyShape = new Set(study.anyShape);
  const rows = Int32Array.from(won, (_, row) => row);
  const positives = won.reduce((sum, w) => sum + w, 0);

  const { all, chosen, excluded } = chooseColumns(table, study, closedAt);
  const duplicates = findDuplicates(all, won);
  const looked = chosen.map((attribute) => evidenceOf(attribute, won, rows, anyShape));
  const screened = screen(looked, won, study.keep);
  const evidence: Evident[] = screened.kept.toSorted((a, b) => b.iv - a.iv);
  const cohorts = createdAt && cohortsOf(createdAt, won, closedAt);

  const refusal = tooFew(positives, won.length - positives, cohorts?.mature ?? won.length);
  const orderBy = study.byTime ? createdAt : null;
  const trial = refusal ? null : tryOut({ evidence, won, duplicates, orderBy, anyShape });
  const silent = trial !== null && saysNothing(trial);
  const enough = trial !== null && !silent;
  const card = enough ? trial.card : baseRateCard(evidence, won);
  const comparable = cohorts ? rows.filter((row) => cohorts.comparable[row] === 1) : rows;
  const drift = enough && createdAt ? shiftOf(card, won, createdAt, comparable) : null;

  const warnings: (Warning | null)[] = [
    refusal,
    silent ? noSignal(trial) : null,
    enough ? shaky(positives, won.length - positives) : null,
    ...(trial?.notes ?? []),
    undecided(study.open),
    ...(cohorts?.warnings ?? []),
    duplicates.warning,
    ...screened.warnings,
    ...trackingGaps(evidence, positives / won.length),
    ...bentShapes(evidence, won, rows),
    ...sensitive(evidence),
    ...(drift ? shiftWarnings(drift) : []),
  ];
  return {
    card,
    report: rounded({
      leads: won.length,
      positives,
      split: trial?.split ?? 'not tested: too few leads',
      ...(trial?.figures ?? NO_FIGURES),
      base_points: card.base,
      attributes: card.lines.map(reported),
      excluded: [...excluded, ...screened.excluded],
      warnings: warnings.filter((warning) => warning !== null),
      enough,
      cohorts: cohorts?.months ?? [],
      drift,
      auc_in_sample: enough ? (separation(scoreRows(card, rows), won)?.auc ?? null) : null,
    }),
  };
}

function undecided(open: number): Warning | null {
  if (open === 0) return null;
  const many =
    open === 1 ? '1 lead is left out: its outcome is' : `${plain(open)} leads are left out: their outcome is`;
  return { code: 'undecided', message: `${many} not known yet, which is not the same as lost.` };
}

function reported({ attribute, iv, byChance, binning, tallies, woe, points }: Line): ReportedAttribute {
  return {
    name: attribute.name,
    iv,
    iv_by_chance: byChance,
    verdict: strengthOf(iv),
    bins: binning.bins.map(({ label }, bin) => ({
      label,
      n: tallies[bin]!.n,
      positives: tallies[bin]!.won,
      woe: woe[bin]!,
      points: points[bin]!,
    })),
  };
}
