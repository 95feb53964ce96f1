/** What was spent on campaigns in the period: of costs over several days, the part of those days that lie in it. */
import { dayAt } from '../scope.ts';
import type { Sql } from '../sql.ts';
import type { Base } from './base.ts';

const first = (sql: Sql): string => sql.value(dayAt(sql.scope.from, sql.scope.zone).toString(), 'date');
const last = (sql: Sql): string => sql.value(dayAt(sql.scope.to - 1, sql.scope.zone).toString(), 'date');

/** A campaign without a source stands for the one of its own name. */
const source = (): string => "coalesce(c.source, lower(btrim(c.name)), '')";

export const spending: Base = {
  kind: 'cost',
  from: (sql) => {
    const { source: wanted } = sql.scope.filter;
    return `FROM campaign_costs k JOIN campaigns c ON c.workspace_id = k.workspace_id AND c.id = k.campaign_id
      WHERE k.workspace_id = $1 AND k.from_on <= ${last(sql)} AND k.to_on >= ${first(sql)}
        ${wanted === null ? '' : `AND ${source()} = ${sql.value(wanted, 'text')}`}`;
  },
  sets: { spent: () => 'true' },
  groups: { source, latest: source },
  settings: [],
  row: {
    id: () => 'k.id',
    lead: () => 'NULL::bigint',
    name: () => 'c.name',
    at: (sql) => `(k.from_on::timestamp AT TIME ZONE ${sql.zone})`,
    what: () =>
      "CASE WHEN k.from_on = k.to_on THEN 'spent on ' || k.from_on ELSE k.from_on || ' to ' || k.to_on END",
    amount: (sql) =>
      `round(k.amount * (least(k.to_on, ${last(sql)}) - greatest(k.from_on, ${first(sql)}) + 1) / (k.to_on - k.from_on + 1), 6)`,
    currency: () => 'k.currency',
  },
};
