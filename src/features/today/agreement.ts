/** The agreement's day: what waits for a signature, what was declined, what is in force by the word of one party alone. */
import type { Today } from '#contract/today.ts';
import { iso, type Looking } from './looking.ts';

const MOST = 50;

type Part = NonNullable<Today['agreement']>;

export const agreementsDay = async (looking: Looking): Promise<Part> => ({
  versions: await proposedVersions(looking),
  declined: await declined(looking),
  amendments: await amendments(looking),
});

type VersionRow = Omit<Part['versions'][number], 'proposed_at'> & { proposed_at: Date };

/** What is proposed, and neither signed by both nor declined. */
export async function proposedVersions({ query, caller }: Looking): Promise<Part['versions']> {
  const rows = await query<VersionRow>(
    `SELECT v.pact_id AS pact, p.name, v.number, v.proposed_at,
       ARRAY(SELECT party FROM unnest(ARRAY['marketing', 'sales']) AS o (party) WHERE NOT EXISTS (
         SELECT FROM signatures g WHERE g.workspace_id = $1 AND g.pact_id = v.pact_id AND g.version = v.number
           AND g.party = o.party AND g.digest = v.digest)) AS waits_for
     FROM versions v JOIN pacts p ON p.workspace_id = $1 AND p.id = v.pact_id
     WHERE v.workspace_id = $1 AND v.proposed_at IS NOT NULL AND v.in_force_from IS NULL AND v.withdrawn_at IS NULL
       AND NOT EXISTS (SELECT FROM declines d
         WHERE d.workspace_id = $1 AND d.pact_id = v.pact_id AND d.version = v.number)
     ORDER BY v.proposed_at, v.pact_id, v.number LIMIT ${MOST}`,
    [caller.workspace],
  );
  return rows.map(({ proposed_at, ...row }) => ({ ...row, proposed_at: iso(proposed_at) }));
}

type DeclinedRow = Omit<Part['declined'][number], 'at'> & { at: Date };

async function declined({ query, caller }: Looking): Promise<Part['declined']> {
  const rows = await query<DeclinedRow>(
    `SELECT v.pact_id AS pact, p.name, v.number, d.party, d.member_id AS by, d.reason, d.declined_at AS at
     FROM declines d JOIN versions v ON v.workspace_id = $1 AND v.pact_id = d.pact_id AND v.number = d.version
       JOIN pacts p ON p.workspace_id = $1 AND p.id = v.pact_id
     WHERE d.workspace_id = $1 AND v.withdrawn_at IS NULL
     ORDER BY d.declined_at DESC, v.number DESC LIMIT ${MOST}`,
    [caller.workspace],
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: iso(at) }));
}

type AmendmentRow = Omit<Part['amendments'][number], 'until'> & { until: Date };

async function amendments({ query, caller, now }: Looking): Promise<Part['amendments']> {
  const rows = await query<AmendmentRow>(
    `SELECT v.pact_id AS pact, p.name, v.number, g.party AS by, v.note, v.in_force_until AS until
     FROM versions v JOIN pacts p ON p.workspace_id = $1 AND p.id = v.pact_id
       JOIN signatures g ON g.workspace_id = $1 AND g.pact_id = v.pact_id AND g.version = v.number
     WHERE v.workspace_id = $1 AND v.emergency AND v.in_force_from <= $2 AND v.in_force_until > $2
     ORDER BY v.in_force_until, v.number LIMIT ${MOST}`,
    [caller.workspace, new Date(now)],
  );
  return rows.map(({ until, ...row }) => ({ ...row, until: iso(until) }));
}
