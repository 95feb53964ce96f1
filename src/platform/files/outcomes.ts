/** How a deal stands, from what a CRM writes: an outcome, flags, a stage, a date of winning. */
import { fold } from '#engine/criterion/value.ts';
import { loose } from './header.ts';

export type Outcome = 'won' | 'lost' | 'open';

/** Stages and outcomes that need no telling, by their loose spelling. */
const words: Record<string, Outcome> = {
  won: 'won',
  closedwon: 'won',
  closewon: 'won',
  wonclosed: 'won',
  win: 'won',
  sold: 'won',
  lost: 'lost',
  closedlost: 'lost',
  closelost: 'lost',
  lostclosed: 'lost',
  loss: 'lost',
  open: 'open',
  new: 'open',
  inprogress: 'open',
  pending: 'open',
  // HubSpot's default pipeline
  appointmentscheduled: 'open',
  qualifiedtobuy: 'open',
  presentationscheduled: 'open',
  decisionmakerboughtin: 'open',
  contractsent: 'open',
  // Salesforce's default stages
  prospecting: 'open',
  qualification: 'open',
  needsanalysis: 'open',
  valueproposition: 'open',
  iddecisionmakers: 'open',
  perceptionanalysis: 'open',
  proposalpricequote: 'open',
  negotiationreview: 'open',
};

const flags: Record<string, boolean> = {
  true: true,
  yes: true,
  y: true,
  1: true,
  t: true,
  x: true,
  false: false,
  no: false,
  n: false,
  0: false,
  f: false,
};

/** What a flag says; null when it is empty or no flag. */
export const readFlag = (cell: string): boolean | null =>
  Object.hasOwn(flags, fold(cell)) ? flags[fold(cell)]! : null;

/** Words that the user has said mean won or lost, folded. */
export type OwnWords = { won: ReadonlySet<string>; lost: ReadonlySet<string> };

/** What an outcome or a stage says; null when it is not a known word. */
export function readOutcome(cell: string, own: OwnWords): Outcome | null {
  const folded = fold(cell);
  if (own.won.has(folded)) return 'won';
  if (own.lost.has(folded)) return 'lost';
  const word = loose(cell);
  if (Object.hasOwn(words, word)) return words[word]!;
  // Stages of further pipelines: "Closed Won (Partner Pipeline)", "4 - Closed lost".
  const [won, lost] = [/closed?[\s_-]*won/i.test(cell), /closed?[\s_-]*lost/i.test(cell)];
  if (won !== lost) return won ? 'won' : 'lost';
  return null;
}
