/** A leads file: a row a lead. */
import { fold, readInstant } from '#engine/criterion/value.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { CallError } from '#platform/errors.ts';
import { type DateStyle, readDate, WANTED_DATE } from './dates.ts';
import type { Column, Header } from './header.ts';
import { attributeHeaders, idHeaders } from './known-headers.ts';
import type { Block } from './records.ts';
import { quoted } from './rejects.ts';

/** Which columns of a leads file mean what. Plain data, so that it can be handed to a worker. */
export type LeadPlan = {
  /** Null: leads are known by their row number. */
  id: Column | null;
  email: Column | null;
  createdAt: Column | null;
  /** Attributes that are read, by the names they are asked for. */
  attributes: { name: string; column: number }[];
  /** Which of them is `created_at`; null when it is not asked for. */
  dated: number | null;
  /** Attributes asked for that the file has no column for. */
  absent: string[];
};

export type Lead = {
  id: string;
  /** Null: its attributes hold from the beginning. */
  createdAt: Instant | null;
  /** Under `plan.attributes`, as they stand in the file. */
  cells: string[];
};

/** Why a row is not taken. */
export type Refusal = {
  column: string;
  found: string;
  wanted: string;
  /** The row can be read, and is only of a lead that is not in the leads file. */
  stranger?: true;
};

/**
 * @param wanted names of the attributes to read
 * @param named columns that the user named for the id and for the instant of creation
 * @throws CallError when the file has no column of such a name
 */
export function planLeads(
  header: Header,
  wanted: Iterable<string>,
  named: { id?: string | undefined; created?: string | undefined } = {},
): LeadPlan {
  const plan: LeadPlan = {
    id: named.id === undefined ? header.first(idHeaders) : columnNamed(header, named.id, '--id'),
    email: header.first(attributeHeaders.email!),
    createdAt:
      named.created === undefined
        ? header.first(attributeHeaders.created_at!)
        : columnNamed(header, named.created, '--created'),
    attributes: [],
    dated: null,
    absent: [],
  };
  for (const name of [...wanted].map(fold)) {
    const dated = name === 'created_at' && plan.createdAt !== null;
    const column = dated ? plan.createdAt : header.attribute(name);
    if (column === null) plan.absent.push(name);
    else if (plan.attributes.push({ name, column: column.index }) && dated)
      plan.dated = plan.attributes.length - 1;
  }
  return plan;
}

/** @throws CallError when there is none, saying which there are */
export function columnNamed(header: Header, name: string, option: string): Column {
  const column = header.named(name);
  if (column !== null) return column;
  const names = header.all.slice(0, 12).map((one) => one.name);
  const more = header.all.length > names.length ? `, … (${header.all.length} in all)` : '';
  throw new CallError(`${option} ${name}: the file has no such column; it has ${names.join(', ')}${more}`);
}

/** A lead without its cells. */
export type LeadHead = Pick<Lead, 'id' | 'createdAt'> & {
  /** What is to be read instead of the cell of `created_at`, where the engine would read another instant, or none. */
  dated: string | null;
};

/** Who the lead in a row is and since when, or why there is none. */
export function readHead(plan: LeadPlan, style: DateStyle, block: Block, row: number): LeadHead | Refusal {
  const id = idOf(plan, block, row);
  if (id === '') return { column: plan.id!.name, found: 'nothing', wanted: 'an id' };
  const written = plan.createdAt === null ? '' : block.cell(row, plan.createdAt.index).trim();
  const createdAt = written === '' ? null : readDate(written, style);
  if (written !== '' && createdAt === null) {
    return { column: plan.createdAt!.name, found: quoted(written), wanted: wantedDate(style) };
  }
  const plain = plan.dated === null || createdAt === null || readInstant(written) === createdAt;
  return {
    id,
    createdAt,
    dated: plain ? null : new Date(createdAt).toISOString().replace('T00:00:00.000Z', ''),
  };
}

/** The lead in a row, or why there is none. */
export function readLead(plan: LeadPlan, style: DateStyle, block: Block, row: number): Lead | Refusal {
  const head = readHead(plan, style, block, row);
  return isRefusal(head) ? head : { ...head, cells: cellsOf(plan, head, block, row) };
}

/** The cells of a row under `plan.attributes`. */
export function cellsOf(plan: LeadPlan, { dated }: LeadHead, block: Block, row: number): string[] {
  const cells = plan.attributes.map(({ column }) => block.cell(row, column));
  if (plan.dated !== null && dated !== null) cells[plan.dated] = dated;
  return cells;
}

/** What a row's lead is known by; empty when it has no id. */
export const idOf = (plan: LeadPlan, block: Block, row: number): string =>
  plan.id === null ? String(block.number(row)) : block.cell(row, plan.id.index).trim();

/** A row's e-mail address, empty when it has none. */
export const emailOf = (plan: LeadPlan, block: Block, row: number): string =>
  plan.email === null ? '' : block.cell(row, plan.email.index).trim();

/** Cells as attributes by name. */
export const attributesOf = (plan: LeadPlan, cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(plan.attributes.map(({ name }, i) => [name, cells[i]!]));

export const isRefusal = (read: object): read is Refusal => 'wanted' in read;

/** What a date should have been, in the order the column is read in. */
export function wantedDate({ order }: DateStyle): string {
  if (order === null) return WANTED_DATE;
  return `${WANTED_DATE.replace('31/01/2026', order === 'dmy' ? '31/01/2026' : '01/31/2026')} (this column has the ${order === 'dmy' ? 'day' : 'month'} first)`;
}
