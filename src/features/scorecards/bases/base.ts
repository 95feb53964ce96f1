/** Rows that are counted. A figure and the rows it opens into are the same set of the same base. */
import type { MeasureRow } from '#contract/measures.ts';
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
  } & Partial<Record<'what' | 'clause' | 'version' | 'pass' | 'amount' | 'currency' | 'elapsed', Write>>;
};

/** Of a lead's number, the one that stands for the person: leads that were found to be one are merged. */
export const survivor = (number: string, alias: string): string =>
  `LEFT JOIN leads ${alias}_own ON ${alias}_own.workspace_id = $1 AND ${alias}_own.number = ${number}
   LEFT JOIN leads ${alias} ON ${alias}.workspace_id = $1 AND ${alias}.number = coalesce(${alias}_own.merged_into, ${alias}_own.number)`;

export const sourceOf = (alias: string): string => `coalesce(${alias}.measured_source, '')`;
/** What brought a lead back last: the campaign of its latest visit that came by one, else where it first came from. */
export const latestSourceOf = (alias: string): string =>
  `coalesce((SELECT lower(btrim(v.context #>> '{campaign,source}')) FROM activities v WHERE v.workspace_id = $1 AND v.lead = ${alias}.number
     AND v.context #>> '{campaign,source}' IS NOT NULL ORDER BY v.at DESC LIMIT 1), ${sourceOf(alias)})`;

/** Narrows leads down to a source and a region. */
export function leadFilter(sql: Sql, number: string): string {
  const { source, region } = sql.scope.filter;
  if (source === null && region === null) return '';
  const tests = [
    ...(source === null ? [] : [`f.measured_source = ${sql.value(source, 'text')}`]),
    ...(region === null ? [] : [`f.measured_region = ${sql.value(region, 'text')}`]),
  ];
  const all = tests.join(' AND ');
  return ` AND ${number} IN (SELECT f.number FROM leads f WHERE f.workspace_id = $1 AND f.merged_into IS NULL AND ${all}
    UNION ALL SELECT o.number FROM leads o JOIN leads f ON f.workspace_id = $1 AND f.number = o.merged_into
    WHERE o.workspace_id = $1 AND o.merged_into IS NOT NULL AND ${all})`;
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
