import type { Excluded } from './choose.ts';
import type { Cohort } from './cohorts.ts';
import type { Strength } from './evidence.ts';
import type { Figures } from './figures.ts';
import type { Shift } from './shift.ts';

export type Warning = { code: string; message: string };

export type ReportedBin = { label: string; n: number; positives: number; woe: number; points: number };
export type ReportedAttribute = {
  name: string;
  iv: number;
  /** The information value that chance alone would give it. */
  iv_by_chance: number;
  verdict: Strength;
  bins: ReportedBin[];
};

/** What won and lost leads say of each attribute, and the points that follow. Numbers are rounded to six decimals. */
export type Report = Figures & {
  leads: number;
  positives: number;
  /** How the figures were come by. */
  split: string;
  /** The score of a lead without any attribute's points: 50 is a chance of 5 %, and ten points double the odds. */
  base_points: number;
  /** Strongest first; bins in readable order. */
  attributes: ReportedAttribute[];
  excluded: Excluded[];
  warnings: Warning[];
  /** Whether the evidence carries a proposal. */
  enough: boolean;
  /** By month of creation, where it is known. */
  cohorts: Cohort[];
  drift: Shift | null;
  /** How the card ranks the leads it was made from. */
  auc_in_sample: number | null;
};
