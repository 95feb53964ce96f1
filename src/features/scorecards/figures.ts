/** Figures as reports show them: with their name, what was promised, what it was before, and the way to their rows. */
import type { Opening, Figure as Shown } from '#contract/measures.ts';
import { MEASURES, type Measure } from '#engine/measures/catalogue.ts';
import type { Figure } from '#engine/measures/figure.ts';
import type { Scope } from './scope.ts';

export type Dress = {
  name?: string;
  currency?: string | null;
  promised?: number | null | undefined;
  before?: Figure | null;
  numerator?: Opening | null;
  denominator?: Opening | null;
};

export function dressed(figure: Figure & { currency?: string | null }, dress: Dress = {}): Shown {
  const { currency: own = null, ...plain } = figure;
  const { promised = null, before = null, numerator = null, denominator = null } = dress;
  const comparable = figure.value !== null && figure.enough && promised !== null;
  return {
    ...plain,
    name: dress.name ?? nameOf(figure.measure),
    currency: dress.currency ?? own,
    promised,
    kept: comparable ? figure.value! >= promised : null,
    before: before === null ? null : plainOf(before),
    rows: { numerator, denominator },
  };
}

const nameOf = (measure: string): string =>
  Object.hasOwn(MEASURES, measure) ? MEASURES[measure as Measure].name : measure;

function plainOf({ measure, unit, value, numerator, denominator, interval, enough, says }: Figure): Figure {
  return { measure, unit, value, numerator, denominator, interval, enough, says };
}

/** Without the measures that both teams have retired. */
export const inUse = ({ retired }: Scope, figures: readonly Shown[]): Shown[] =>
  figures.filter(({ measure }) => !retired.has(measure));
