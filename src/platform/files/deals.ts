/** A deals file: a row a deal, with how it ended. */
import type { Instant } from '#engine/facts/facts.ts';
import { missing } from './activities.ts';
import { type DateStyle, readDate } from './dates.ts';
import type { Column, Header } from './header.ts';
import { dealHeaders } from './known-headers.ts';
import { anybody, type Knows, leadKeys } from './lead-keys.ts';
import { columnNamed, type Refusal, wantedDate } from './leads.ts';
import { type Outcome, type OwnWords, readFlag, readOutcome } from './outcomes.ts';
import type { Block } from './records.ts';
import { quoted } from './rejects.ts';

export type DealPlan = {
  /** Say whose it is. */
  lead: Column[];
  outcome: (block: Block, row: number) => Outcome | UnknownWord;
  closedAt: Column | null;
  amount: Column | null;
};

/** A stage that is not known to be won or lost: the deal is taken to be open, and the word is told. */
type UnknownWord = { word: string };

export type DealRow = {
  /** Ids or e-mail addresses, as `leadKey` has them. */
  leads: string[];
  outcome: Outcome;
  /** The word that was not understood. */
  unknown: string | null;
  closedAt: Instant | null;
  /** As the cell has it: what its marks mean only the whole column tells. */
  amount: string;
};

export type DealOptions = {
  /** `COL` or `COL=VALUE`: which column says that a deal was won, and by which value. */
  outcome?: string | undefined;
  own: OwnWords;
};

/** @throws InputError when it has no column for the lead or none for the outcome */
export function planDeals(file: string, header: Header, options: DealOptions): DealPlan {
  const lead = header.every(dealHeaders.lead);
  if (lead.length === 0) {
    throw missing(file, header, 'says whose a deal is', ['lead', 'lead_id', 'email', 'Associated Contact']);
  }
  const outcome = outcomeReader(header, options);
  if (outcome === null) {
    throw missing(file, header, 'says how a deal ended', ['outcome', 'Deal Stage', 'IsWon', 'won_date']);
  }
  const closedAt = header.first(dealHeaders.closedAt) ?? header.first(dealHeaders.wonAt);
  return { lead, outcome, closedAt, amount: header.first(dealHeaders.amount) };
}

type OutcomeReader = DealPlan['outcome'];

/** The surest of what the file has: an outcome, flags, a stage, a date of winning. */
function outcomeReader(header: Header, { outcome, own }: DealOptions): OutcomeReader | null {
  if (outcome !== undefined) return byValue(header, outcome, own);
  const said = header.first(dealHeaders.outcome);
  if (said !== null) return byWord(said, own);
  const stage = header.first(dealHeaders.stage);
  const byStage = stage === null ? null : byWord(stage, own);
  const won = header.first(dealHeaders.won);
  if (won !== null) {
    const [lost, closed] = [header.first(dealHeaders.lost), header.first(dealHeaders.closed)];
    return byFlags(won, lost, closed, byStage);
  }
  if (byStage !== null) return byStage;
  const wonAt = header.first(dealHeaders.wonAt);
  if (wonAt === null) return null;
  return (block, row) => (block.cell(row, wonAt.index).trim() === '' ? 'open' : 'won');
}

/** `COL=VALUE`: won when it is that value, else lost; `COL`: by its words, or by its flags. */
function byValue(header: Header, outcome: string, own: OwnWords): OutcomeReader {
  const [name, ...rest] = outcome.split('=');
  const column = columnNamed(header, name!, '--outcome');
  if (rest.length === 0) return byWord(column, own);
  const value = rest.join('=').trim().toLowerCase();
  return (block, row) => {
    const cell = block.cell(row, column.index).trim().toLowerCase();
    return cell === '' ? 'open' : cell === value ? 'won' : 'lost';
  };
}

function byWord(column: Column, own: OwnWords): OutcomeReader {
  return (block, row) => {
    const word = block.cell(row, column.index).trim();
    if (word === '') return 'open';
    const flag = readFlag(word);
    return readOutcome(word, own) ?? (flag === null ? { word } : flag ? 'won' : 'lost');
  };
}

/** A deal that is not won is lost when it is closed; where no flag says that, the stage does. */
function byFlags(
  won: Column,
  lost: Column | null,
  closed: Column | null,
  byStage: OutcomeReader | null,
): OutcomeReader {
  const flag = (column: Column | null, block: Block, row: number) =>
    column === null ? null : readFlag(block.cell(row, column.index));
  return (block, row) => {
    const isWon = flag(won, block, row);
    if (isWon === true) return 'won';
    if (flag(lost, block, row) === true) return 'lost';
    const isClosed = flag(closed, block, row);
    if (isClosed !== null && isWon !== null) return isClosed ? 'lost' : 'open';
    if (lost !== null) return 'open';
    if (byStage !== null) return byStage(block, row);
    return isWon === false ? 'lost' : 'open';
  };
}

/** The deal in a row, or why there is none. */
export function readDeal(
  plan: DealPlan,
  style: DateStyle,
  block: Block,
  row: number,
  knows: Knows = anybody,
): DealRow | Refusal {
  const named = plan.lead
    .map(({ index }) => leadKeys(block.cell(row, index)))
    .filter((keys) => keys.length > 0);
  const leads = named.find((keys) => keys.some(knows)) ?? named[0];
  if (leads === undefined) {
    return { column: plan.lead[0]!.name, found: 'nothing', wanted: "a lead's id or e-mail" };
  }
  const written = plan.closedAt === null ? '' : block.cell(row, plan.closedAt.index).trim();
  const closedAt = written === '' ? null : readDate(written, style);
  if (written !== '' && closedAt === null) {
    return { column: plan.closedAt!.name, found: quoted(written), wanted: wantedDate(style) };
  }
  const said = plan.outcome(block, row);
  const [outcome, unknown]: [Outcome, string | null] =
    typeof said === 'string' ? [said, null] : ['open', said.word];
  const amount = plan.amount === null ? '' : block.cell(row, plan.amount.index).trim();
  return { leads, outcome, unknown, closedAt, amount };
}
