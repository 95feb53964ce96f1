/** An activities file: a row for each thing a lead did. */
import { fold } from '#engine/criterion/value.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { InputError } from '#platform/errors.ts';
import { type DateStyle, readDate } from './dates.ts';
import type { Column, Header } from './header.ts';
import { activityHeaders } from './known-headers.ts';
import { anybody, type Knows, leadKey } from './lead-keys.ts';
import { type Refusal, wantedDate } from './leads.ts';
import type { Block } from './records.ts';
import { quoted } from './rejects.ts';

export type ActivityPlan = {
  /** Say whose it is. */
  lead: Column[];
  at: Column;
  type: Column;
  /** Properties that are read, by the names they are asked for. */
  properties: { name: string; column: number }[];
};

export type ActivityRow = {
  /** The lead's id or e-mail address, as `leadKey` has it. */
  lead: string;
  at: Instant;
  type: string;
  /** Under `plan.properties`. */
  cells: string[];
};

/**
 * @param wanted names of the properties to read
 * @throws InputError when it has no column for the lead, the instant or the type
 */
export function planActivities(file: string, header: Header, wanted: Iterable<string>): ActivityPlan {
  const lead = header.every(activityHeaders.lead);
  const at = header.first(activityHeaders.at);
  const type = header.first(activityHeaders.type);
  if (lead.length === 0)
    throw missing(file, header, 'says whose an activity is', ['lead', 'lead_id', 'email']);
  if (at === null) throw missing(file, header, 'says when', ['at', 'timestamp', 'date']);
  if (type === null) throw missing(file, header, 'says what was done', ['type', 'event', 'activity']);
  const properties = [];
  for (const name of wanted) {
    const column = header.named(name);
    if (column !== null) properties.push({ name: fold(name), column: column.index });
  }
  return { lead, at, type, properties };
}

/** A file that lacks a column it cannot do without. */
export function missing(file: string, header: Header, what: string, names: string[]): InputError {
  const has = header.all.slice(0, 12).map(({ name }) => name);
  const more = header.all.length > has.length ? ', …' : '';
  return new InputError(
    `${file} has no column that ${what}; wanted one named ${names.slice(0, -1).join(', ')} or ${names.at(-1)}, found ${has.join(', ')}${more}`,
  );
}

/** What a row names its lead by: of the cells that are filled the first that names one known, else the first. */
export function leadOf(
  columns: readonly Column[],
  block: Block,
  row: number,
  knows: Knows = anybody,
): string {
  let first = '';
  for (const { index } of columns) {
    const key = leadKey(block.cell(row, index));
    if (key !== '' && knows(key)) return key;
    if (first === '') first = key;
  }
  return first;
}

/** The activity in a row, or why there is none. */
export function readActivity(
  plan: ActivityPlan,
  style: DateStyle,
  block: Block,
  row: number,
  knows: Knows = anybody,
): ActivityRow | Refusal {
  const lead = leadOf(plan.lead, block, row, knows);
  if (lead === '') return { column: plan.lead[0]!.name, found: 'nothing', wanted: "a lead's id or e-mail" };
  const written = block.cell(row, plan.at.index);
  const at = readDate(written, style);
  if (at === null) {
    const found = written.trim() === '' ? 'nothing' : quoted(written);
    return { column: plan.at.name, found, wanted: wantedDate(style) };
  }
  const type = block.cell(row, plan.type.index).trim();
  if (type === '') return { column: plan.type.name, found: 'nothing', wanted: 'what was done' };
  return { lead, at, type, cells: plan.properties.map(({ column }) => block.cell(row, column)) };
}
