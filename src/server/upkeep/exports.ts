/** What a workspace holds, kind by kind, as rows that anybody can read. */

/** How a kind is read: its rows, and the column, if any, whose names become columns of their own. */
type Source = {
  about: string;
  /** Of the workspace `$1`. */
  sql: string;
  /** Where the names of further columns are found. */
  spread?: { column: string; names: string };
};

const SURVIVOR =
  'JOIN leads s ON s.workspace_id = l.workspace_id AND s.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END';
const LEAD = `LEFT JOIN leads l ON l.workspace_id = x.workspace_id AND l.number = x.lead LEFT ${SURVIVOR}`;

export const sources = {
  leads: {
    about: 'leads with what is known of them, one row each; "leadpact import leads" reads it again',
    sql: `SELECT id, created_at, attributes - 'created_at' AS attributes FROM leads
          WHERE workspace_id = $1 AND merged_into IS NULL AND erased_at IS NULL ORDER BY number`,
    spread: {
      column: 'attributes',
      names: `SELECT DISTINCT jsonb_object_keys(attributes - 'created_at') AS name FROM leads WHERE workspace_id = $1 ORDER BY 1`,
    },
  },
  activities: {
    about: 'what they did; "leadpact import activities" reads it again',
    sql: `SELECT x.id, s.id AS lead, x.at, x.type, x.properties FROM activities x ${LEAD}
          WHERE x.workspace_id = $1 AND s.erased_at IS NULL ORDER BY x.id`,
    spread: {
      column: 'properties',
      names:
        'SELECT DISTINCT jsonb_object_keys(properties) AS name FROM activities WHERE workspace_id = $1 ORDER BY 1',
    },
  },
  deals: {
    about: 'deals, open, won and lost; "leadpact import deals" reads it again',
    sql: `SELECT x.id, s.id AS lead, x.name, x.outcome, x.amount, x.currency, x.opened_at AS created_at, x.closed_at,
            x.reason, m.email AS owner FROM deals x ${LEAD}
          LEFT JOIN members m ON m.workspace_id = x.workspace_id AND m.id = x.owner_id
          WHERE x.workspace_id = $1 ORDER BY x.opened_at, x.id`,
  },
  standings: {
    about: 'where each lead stands: verdict, stage, grade, and since when',
    sql: `SELECT l.id AS lead, x.verdict, x.stage, x.stage_since, x.grade, x.fit, x.interest, x.mql_at, x.pass, x.version,
            x.judged_at, x.last_activity_at
          FROM lead_states x JOIN leads l ON l.workspace_id = x.workspace_id AND l.number = x.lead
          WHERE x.workspace_id = $1 ORDER BY x.lead`,
  },
  moves: {
    about: 'every passage from one stage to another',
    sql: `SELECT s.id AS lead, x.at, x.from_stage, x.to_stage, x.pass, x.cause, x.version, x.grade, x.fit, x.interest
          FROM moves x ${LEAD} WHERE x.workspace_id = $1 AND x.replaced_at IS NULL ORDER BY x.at, x.id`,
  },
  handoffs: {
    about: 'handoffs with their answers and decisions',
    sql: `SELECT x.id, s.id AS lead, x.pass, x.version, x.tier, x.origin, x.offered_at, x.accept_by, m.email AS owner,
            x.answer, x.answered_at, x.decision, x.decided_at, r.reason, r.clause, d.at AS disputed_at, u.ruling
          FROM handoffs x ${LEAD}
          LEFT JOIN members m ON m.workspace_id = x.workspace_id AND m.id = x.owner_id
          LEFT JOIN returns r ON r.workspace_id = x.workspace_id AND r.handoff_id = x.id
          LEFT JOIN disputes d ON d.workspace_id = x.workspace_id AND d.handoff_id = x.id
          LEFT JOIN rulings u ON u.workspace_id = x.workspace_id AND u.handoff_id = x.id
          WHERE x.workspace_id = $1 ORDER BY x.offered_at, x.id`,
  },
  touches: {
    about: 'calls, mails, meetings and notes',
    sql: `SELECT x.handoff_id AS handoff, s.id AS lead, m.email AS member, x.channel, x.at, x.reached, x.note
          FROM touches x ${LEAD} LEFT JOIN members m ON m.workspace_id = x.workspace_id AND m.id = x.member_id
          WHERE x.workspace_id = $1 ORDER BY x.at, x.id`,
  },
  deadlines: {
    about: 'the clocks of handoffs, and whether they were met',
    sql: `SELECT handoff_id AS handoff, term, version, started_at, due_at, met_at, void_at, standing
          FROM deadline_standings WHERE workspace_id = $1 ORDER BY started_at, id`,
  },
  messages: {
    about: 'what was said in threads',
    sql: `SELECT x.id, x.at, m.email AS author, x.kind, x.body, t.handoff_id AS handoff, s.id AS lead, x.due_on, x.done_at
          FROM messages x JOIN threads t ON t.workspace_id = x.workspace_id AND t.id = x.thread_id
          JOIN members m ON m.workspace_id = x.workspace_id AND m.id = x.author_id
          LEFT JOIN leads l ON l.workspace_id = t.workspace_id AND l.number = t.lead LEFT ${SURVIVOR}
          WHERE x.workspace_id = $1 ORDER BY x.at, x.id`,
  },
  versions: {
    about: 'the versions of the pact, whole, with their signatures',
    sql: `SELECT p.name AS pact, x.number, x.digest, x.note, x.drafted_at, x.proposed_at, x.in_force_from,
            x.in_force_until, x.withdrawn_at,
            (SELECT string_agg(g.party || ' ' || m.email, '; ' ORDER BY g.party) FROM signatures g
             JOIN members m ON m.workspace_id = g.workspace_id AND m.id = g.member_id
             WHERE g.workspace_id = x.workspace_id AND g.pact_id = x.pact_id AND g.version = x.number) AS signed_by,
            x.text
          FROM versions x JOIN pacts p ON p.workspace_id = x.workspace_id AND p.id = x.pact_id
          WHERE x.workspace_id = $1 ORDER BY p.name, x.number`,
  },
  members: {
    about: 'the people of the workspace',
    sql: `SELECT id, name, email, party, rank, zone, invited_at, joined_at, left_at FROM members
          WHERE workspace_id = $1 ORDER BY invited_at, id`,
  },
  erasures: {
    about: 'whom to forget again after a restore, as hashes alone; "leadpact restore --erasures" reads it',
    sql: 'SELECT identity_hash, at FROM erasures WHERE workspace_id = $1 ORDER BY at, id',
  },
  journal: {
    about: 'who did what and when, each entry with the hash that chains it to the one before',
    sql: `SELECT seq, at, recorded_at, actor_kind, actor_id, what, subject_kind, subject_id, data,
            encode(hash, 'hex') AS hash FROM journal WHERE workspace_id = $1 ORDER BY seq`,
  },
} as const satisfies Record<string, Source>;

export type ExportKind = keyof typeof sources;
export const exportKinds = Object.keys(sources) as ExportKind[];

/** What is read of a kind. */
export const sourceOf = (kind: ExportKind): Source => sources[kind];
