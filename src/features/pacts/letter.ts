/** What became of a version, by mail to those it concerns. */
import { diffPacts } from '#engine/pact/diff/diff.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { Letter } from '#platform/mail/letter.ts';
import { pactsOf } from './texts.ts';

/** What happened, by the word that it is told outward with. */
export type VersionNews = {
  pact: string;
  version: number;
  what: 'proposed' | 'signed' | 'declined' | 'amended' | 'lapsed' | 'in_force';
  /** Whose word it was; null where it was nobody's in particular. */
  party: PartyName | null;
};

/** Changes that are listed; the page has them all. */
const MOST_LISTED = 10;

type Row = {
  name: string;
  pact_id: string;
  number: number;
  digest: string;
  base: number | null;
  base_digest: string | null;
  note: string | null;
  emergency: boolean;
  proposed_at: Date | null;
  withdrawn_at: Date | null;
  in_force_from: Date | null;
  in_force_until: Date | null;
  proposer: string | null;
  signed: { party: PartyName; name: string }[];
  declined: { party: PartyName; name: string; reason: string }[];
};

const ROW = `SELECT p.name, v.pact_id, v.number, v.digest, v.base, b.digest AS base_digest, v.note, v.emergency,
    v.proposed_at, v.withdrawn_at, v.in_force_from, v.in_force_until, w.name AS proposer,
    coalesce((SELECT jsonb_agg(jsonb_build_object('party', s.party, 'name', m.name) ORDER BY s.signed_at, s.party)
      FROM signatures s JOIN members m ON m.workspace_id = $1 AND m.id = s.member_id
      WHERE s.workspace_id = $1 AND s.pact_id = $2 AND s.version = $3), '[]') AS signed,
    coalesce((SELECT jsonb_agg(jsonb_build_object('party', d.party, 'name', m.name, 'reason', d.reason))
      FROM declines d JOIN members m ON m.workspace_id = $1 AND m.id = d.member_id
      WHERE d.workspace_id = $1 AND d.pact_id = $2 AND d.version = $3), '[]') AS declined
  FROM versions v JOIN pacts p ON p.workspace_id = $1 AND p.id = v.pact_id
    LEFT JOIN versions b ON b.workspace_id = $1 AND b.pact_id = v.pact_id AND b.number = v.base
    LEFT JOIN members w ON w.workspace_id = $1 AND w.id = v.proposed_by
  WHERE v.workspace_id = $1 AND v.pact_id = $2 AND v.number = $3`;

type Said = { subject: string; text: string; action: string; lists?: true };

/** What is said of each; null where it is true no more. */
const sayings: Record<VersionNews['what'], (row: Row, party: PartyName | null) => Said | null> = {
  proposed: (row) => {
    if (row.withdrawn_at !== null || row.emergency || row.declined.length > 0) return null;
    const waits = missing(row);
    if (waits.length === 0) return null;
    return {
      subject: `${title(row)} is proposed for signing`,
      text: `${row.proposer ?? 'Somebody'} proposed version ${row.number} of ${row.name}${why(row)} It waits for the signature of ${waits.join(' and of ')}.`,
      action: 'Read it and sign',
      lists: true,
    };
  },
  signed: (row, party) => {
    const signature = row.signed.find((one) => one.party === party);
    if (signature === undefined || row.withdrawn_at !== null) return null;
    const waits = missing(row);
    if (row.emergency && waits.length > 0) return null; // told as an amendment
    const rest =
      waits.length > 0
        ? `It waits for the signature of ${waits.join(' and of ')}.`
        : row.in_force_from === null
          ? 'Both have signed: say from when it is in force.'
          : `Both have signed: it is in force from ${day(row.in_force_from)} on.`;
    return {
      subject: `${title(row)} is signed by ${waits.length > 0 ? party : 'both'}`,
      text: `${signature.name} signed version ${row.number} of ${row.name} for ${party}. ${rest}`,
      action: waits.length > 0 ? 'Read it and sign' : 'Open it',
      ...(waits.length > 0 && { lists: true as const }),
    };
  },
  declined: (row, party) => {
    const decline = row.declined.find((one) => one.party === party);
    if (decline === undefined || row.withdrawn_at !== null) return null;
    return {
      subject: `${title(row)} is declined by ${party}`,
      text: `${decline.name} declined version ${row.number} of ${row.name} for ${party}: ${decline.reason}`,
      action: 'Open it',
    };
  },
  amended: (row) => {
    if (row.in_force_until === null) return null;
    const by = row.signed.map(({ party }) => party).join(' and ');
    return {
      subject: `Emergency amendment of ${row.name} in force`,
      text: `Version ${row.number} of ${row.name} was put into force by ${by} alone${why(row)} It lapses on ${day(row.in_force_until)} unless both have signed it by then.`,
      action: 'Read it',
      lists: true,
    };
  },
  lapsed: (row) => ({
    subject: `Emergency amendment of ${row.name} has lapsed`,
    text: `Version ${row.number} of ${row.name} was not signed by both and holds no longer: what both agreed upon before is in force again.`,
    action: 'Read what is in force',
  }),
  in_force: (row) => {
    if (row.in_force_until !== null) return null; // told as an amendment
    return {
      subject: `${title(row)} is in force`,
      text: `Version ${row.number} of ${row.name}, signed by ${row.signed.map(({ name, party }) => `${name} for ${party}`).join(' and ')}, is in force. Open leads are judged by it; handoffs made before keep the version they were made by.`,
      action: 'Read it',
      lists: true,
    };
  },
};

/** @returns null when what happened is true no more */
export async function versionLetter(
  query: Query,
  workspace: string,
  { pact, version, what, party }: VersionNews,
  { reader, publicUrl }: { reader: { name: string; email: string }; publicUrl: string },
): Promise<Letter | null> {
  const [row] = await query<Row>(ROW, [workspace, pact, version]);
  const said = row === undefined ? null : sayings[what](row, party);
  if (row === undefined || said === null) return null;
  const changes = said.lists === true ? await changesOf(query, workspace, row) : [];
  const more = changes.length - MOST_LISTED;
  const listed = changes.slice(0, MOST_LISTED);
  if (more > 0) listed.push(`and ${more} more`);
  return {
    to: { name: reader.name, address: reader.email },
    subject: said.subject,
    parts: [
      { kind: 'text', text: said.text },
      ...(listed.length > 0
        ? [
            { kind: 'text', text: `What changes from version ${row.base}:` } as const,
            { kind: 'list', items: listed } as const,
          ]
        : []),
      {
        kind: 'action',
        label: said.action,
        url: `${publicUrl}/pact${what === 'lapsed' ? '' : `?version=${version}`}`,
      },
      {
        kind: 'text',
        text: 'Whoever does not want mail of what becomes of the pact switches it off in their preferences.',
      },
    ],
  };
}

async function changesOf(query: Query, workspace: string, row: Row): Promise<string[]> {
  if (row.base === null || row.base_digest === null) return [];
  const base = { pact_id: row.pact_id, number: row.base, digest: row.base_digest };
  const pacts = await pactsOf(query, workspace, [row, base]);
  return diffPacts(pacts.get(base.digest)!, pacts.get(row.digest)!).map(({ text }) => text);
}

const title = ({ name, number }: Row): string => `${name}, version ${number}`;
const why = ({ note }: Row): string => (note === null ? '.' : `: ${note.replace(/[.\s]+$/, '')}.`);
const missing = ({ signed }: Row): PartyName[] =>
  (['marketing', 'sales'] as const).filter((party) => !signed.some((one) => one.party === party));
const day = (date: Date): string => date.toISOString().slice(0, 10);
