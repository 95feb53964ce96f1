/** Rows that are counted. A figure and the rows it opens into are the same set of the same base. */
import type { MeasureRow } from '#contract/measures.ts';
import { isUuid } from '#platform/ids.ts';
import type { Sql } from '../sql.ts';

type Write = (sql: Sql) => string;

export type Base = {
  kind: MeasureRow['kind'];
  /** FROM … WHERE …: the rows of a scope, before any set is taken of them. */
  from: Write;
  /** Sets by name: what must be true of a row to be in it. */
  sets: Readonly<Record<string, Write>>;
  /** What rows are grouped by, each a text; '' stands for what is not known. */
  groups: Readonly<Record<string, Write>>;
  /** What else sets of it ask to be told: see `Sql.setting`. */
  settings: readonly string[];
  row: {
    id: Write;
    /** The lead's number; null where there may be none. */
    lead: Write;
    at: Write;
  } & Partial<
    Record<'name' | 'what' | 'clause' | 'version' | 'pass' | 'amount' | 'currency' | 'elapsed', Write>
  >;
};

/**
 * The number that stands for a person, of a lead's own row. A CASE, for under row-level security no index is used for
 * what a function that may fail says, and `coalesce` counts as one.
 */
export const personOf = (alias: string): string =>
  `CASE WHEN ${alias}.merged_into IS NULL THEN ${alias}.number ELSE ${alias}.merged_into END`;

/** Of a lead's number, the one that stands for the person: leads that were found to be one are merged. */
export const survivor = (number: string, alias: string): string =>
  `LEFT JOIN leads ${alias}_own ON ${alias}_own.workspace_id = $1 AND ${alias}_own.number = ${number}
   LEFT JOIN leads ${alias} ON ${alias}.workspace_id = $1 AND ${alias}.number = ${personOf(`${alias}_own`)}`;

/** What a lead is called, as it was written: the name that is searched for is folded. */
export const writtenName = (alias: string): string =>
  `coalesce(nullif(btrim(${alias}.attributes ->> 'name'), ''),
     nullif(btrim(concat_ws(' ', ${alias}.attributes ->> 'first_name', ${alias}.attributes ->> 'last_name')), ''))`;

export const sourceOf = (alias: string): string => `coalesce(${alias}.measured_source, '')`;
/** What brought a lead back last: the campaign of its latest visit that came by one, else where it first came from. */
export const latestSourceOf = (alias: string): string =>
  `coalesce((SELECT lower(btrim(v.context #>> '{campaign,source}')) FROM activities v WHERE v.workspace_id = $1 AND v.lead = ${alias}.number
     AND v.context #>> '{campaign,source}' IS NOT NULL ORDER BY v.at DESC LIMIT 1), ${sourceOf(alias)})`;

/** Narrows down to the leads that a scope is of, by their numbers. */
export function leadFilter(sql: Sql, number: string): string {
  const { people } = sql.scope;
  return people === null ? '' : ` AND ${number} IN (SELECT unnest(${sql.value(people, 'bigint[]')}))`;
}

/** Narrows handoffs down to a team, a tier and a version. */
export function handoffFilter(sql: Sql, alias = 'h'): string {
  const { team, tier, version } = sql.scope.filter;
  return [
    ...(team === null ? [] : [` AND ${alias}.queue = ${sql.value(team, 'text')}`]),
    ...(tier === null ? [] : [` AND ${alias}.tier = ${sql.value(tier, 'text')}`]),
    ...(version === null ? [] : [` AND ${alias}.version = ${sql.value(version, 'int')}`]),
  ].join('');
}

/** MQLs by another version: judged again by it as of the hour they were handed over. */
export function judged(sql: Sql): string {
  if (sql.by.judge === undefined) return '';
  const [pact = '', version = ''] = sql.by.judge.split(' ', 2);
  if (!isUuid(pact) || !/^\d{1,9}$/.test(version)) return ' AND false';
  return ` AND EXISTS (SELECT FROM judgements j WHERE j.workspace_id = $1 AND j.handoff_id = h.id
    AND j.pact_id = ${sql.value(pact, 'uuid')} AND j.version = ${sql.value(Number(version), 'int')} AND j.verdict = 'mql')`;
}
