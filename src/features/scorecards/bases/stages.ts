/** Passages along the ladder that were made in the period, each with when it was left again and whereto. */
import { type Base, leadFilter, sourceOf, survivor } from './base.ts';

export const stages: Base = {
  kind: 'lead',
  from: (sql) =>
    `FROM (SELECT m.workspace_id, m.lead, m.at, m.pass, m.version, split_part(m.to_stage, '/', 1) AS stage,
         lead(m.at) OVER w AS left_at, split_part(lead(m.to_stage) OVER w, '/', 1) AS next
       FROM moves m WHERE m.workspace_id = $1 AND m.replaced_at IS NULL AND m.at >= ${sql.instant(sql.scope.from)}
         AND split_part(m.to_stage, '/', 1) IS DISTINCT FROM split_part(m.from_stage, '/', 1)
       WINDOW w AS (PARTITION BY m.lead ORDER BY m.at, m.id)) m
     ${'source' in sql.by ? survivor('m.lead', 'l') : ''}
     WHERE m.at < ${sql.instant(sql.scope.to)}${leadFilter(sql, 'm.lead')}`,
  sets: {
    entered: () => 'true',
    left: () => 'm.left_at IS NOT NULL',
  },
  groups: {
    stage: () => 'm.stage',
    next: () => "coalesce(m.next, '')",
    passage: () => "m.stage || '|' || coalesce(m.next, '')",
    source: () => sourceOf('l'),
  },
  settings: [],
  row: {
    id: () => '(SELECT i.id FROM leads i WHERE i.workspace_id = $1 AND i.number = m.lead)',
    lead: () => 'm.lead',
    at: () => 'm.at',
    what: () => "m.stage || coalesce(' > ' || m.next, '')",
    version: () => 'm.version',
    pass: () => 'm.pass',
    elapsed: () => 'extract(epoch FROM m.left_at - m.at) * 1000',
  },
};
