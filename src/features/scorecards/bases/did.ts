/** Leads whose deal closed in the period, by what they had done before it did. */
import type { Sql } from '../sql.ts';
import { type Base, leadFilter, personOf } from './base.ts';

/** What an activity is about: the page, form or asset. */
export const ABOUT =
  "coalesce(a.properties ->> 'asset', a.properties ->> 'form', a.properties ->> 'path', a.properties ->> 'name', '')";

const closed = (sql: Sql): string =>
  `SELECT DISTINCT ON (${personOf('o')}) ${personOf('o')} AS number, d.outcome, d.closed_at
   FROM deals d JOIN leads o ON o.workspace_id = $1 AND o.number = d.lead
   WHERE d.workspace_id = $1 AND d.outcome <> 'open' AND d.closed_at >= ${sql.instant(sql.scope.from)} AND d.closed_at < ${sql.instant(sql.scope.to)}
     ${leadFilter(sql, 'd.lead')}
   ORDER BY 1, (d.outcome = 'won') DESC, d.closed_at`;

const done = (sql: Sql): string =>
  `EXISTS (SELECT FROM activities a WHERE a.workspace_id = $1 AND a.lead = c.number AND a.at < c.closed_at
     AND a.type = ${sql.value(sql.setting('type'), 'text')} AND ${ABOUT} = ${sql.value(sql.by.about ?? '', 'text')})`;

export const did: Base = {
  kind: 'lead',
  from: (sql) =>
    `FROM (${closed(sql)}) c JOIN leads l ON l.workspace_id = $1 AND l.number = c.number WHERE true`,
  sets: {
    won: () => "c.outcome = 'won'",
    lost: () => "c.outcome = 'lost'",
    won_did: (sql) => `c.outcome = 'won' AND ${done(sql)}`,
    lost_did: (sql) => `c.outcome = 'lost' AND ${done(sql)}`,
  },
  groups: {},
  settings: ['type', 'about'],
  row: { id: () => 'l.id', lead: () => 'l.number', at: () => 'c.closed_at', what: () => 'c.outcome' },
};
