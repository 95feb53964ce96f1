/** Leads out of a file: who they are by id and e-mail address, and everything the file says of them. */
import type { Raw } from '#engine/facts/facts.ts';
import { clean, cleanText, UncleanError } from '#features/intake/clean.ts';
import { readEmail } from '#features/leads/identity/email.ts';
import { type Identity, nameOf, type Sighting } from '#features/leads/identity/identity.ts';
import type { Header } from '#platform/files/header.ts';
import { attributeHeaders } from '#platform/files/known-headers.ts';
import {
  emailOf,
  isRefusal,
  type Lead,
  type LeadPlan,
  planLeads,
  type Refusal,
  readLead,
} from '#platform/files/leads.ts';
import { quoted } from '#platform/files/rejects.ts';
import { messageKey, newId } from '#platform/ids.ts';
import { markLeads } from './find-leads.ts';
import { filled, type ImportOptions, type OpenReader, type Row, type Scope } from './kind.ts';

type ImportedLead = { identities: Identity[]; values: Record<string, Raw>; createdAt: number | null };

export const openLeads: OpenReader<ImportedLead> = (header, _, options, { recognition, workspace, now }) => {
  const plan = planLeads(header, attributeNames(header), options);
  const columns = plan.attributes.map((one) => ({ ...one, isId: one.column === plan.id?.index }));
  return {
    dated: plan.createdAt,
    together: false,
    read: (style, block, row) => {
      const lead = readLead(plan, style, block, row);
      if (isRefusal(lead)) return lead;
      return asImported(plan, columns, lead, emailOf(plan, block, row), options);
    },
    prepare: async (batch) => {
      const sightings = batch.map(({ value }) => sightingOf(value, now));
      const prepared = await recognition.prepare(workspace, sightings);
      return async (scope) => {
        const known = await alreadySaid(scope, batch, options);
        const fresh = sightings.flatMap((sighting, i) => {
          if (known.has(i)) return [];
          // What is said of somebody who is known already holds from now on; of somebody new, from the beginning.
          const isKnown = sighting.identities.some((identity) => prepared.known.has(nameOf(identity)));
          return [isKnown ? { ...sighting, at: now } : sighting];
        });
        if (fresh.length === 0) return { refused: new Map() };
        const { leads, moved, remember } = await recognition.recognise(
          { query: scope.query, workspace, now },
          fresh,
          prepared,
          'import',
        );
        await markLeads(scope, [...leads, ...moved], () => newId(now));
        return { refused: new Map(), remember };
      };
    },
  };
};

/** Every column by its own name, and those that are known by their canonical name too. */
function attributeNames(header: Header): string[] {
  const canonical = Object.keys(attributeHeaders).filter((name) => header.attribute(name) !== null);
  return [...new Set([...canonical, ...header.all.map(({ name }) => name.trim().toLowerCase())])];
}

type LeadColumn = { name: string; isId: boolean };

function asImported(
  plan: LeadPlan,
  columns: readonly LeadColumn[],
  { id, createdAt, cells }: Lead,
  email: string,
  { system }: ImportOptions,
): ImportedLead | Refusal {
  const address = readEmail(email);
  const identities: Identity[] = [];
  if (plan.id !== null)
    identities.push({ kind: 'external', value: `${system}:${cleanText(id)}`.slice(0, 512) });
  if (address !== null) identities.push({ kind: 'email', value: address });
  if (identities.length === 0) {
    const found = email === '' ? 'nothing' : quoted(email);
    return { column: plan.email?.name ?? 'email', found, wanted: 'an id or an e-mail address' };
  }
  const named = columns.map(({ name, isId }) => ({ name: isId ? '' : name }));
  const { '': _id, ...values } = filled(named, cells);
  try {
    return { identities, values: clean(values) as Record<string, Raw>, createdAt };
  } catch (error) {
    if (!(error instanceof UncleanError)) throw error;
    return { column: columns[0]!.name, found: error.message, wanted: 'fewer columns' };
  }
}

const sightingOf = ({ identities, values, createdAt }: ImportedLead, now: number): Sighting => ({
  at: Math.min(createdAt ?? now, now),
  trust: 'import',
  identities,
  claims: identities.length > 1 ? [[1, 0, 'email']] : [],
  values,
});

/** Rows that say of a lead what a file has said of it before, by their place in the batch. */
async function alreadySaid(
  { query, workspace, now }: Scope,
  batch: readonly Row<ImportedLead>[],
  { system }: ImportOptions,
): Promise<Set<number>> {
  const keys = batch.map(({ value: { identities, values } }) =>
    messageKey(`import ${system} lead ${nameOf(identities[0]!)} ${JSON.stringify(values)}`),
  );
  const sorted = [...new Set(keys)].sort();
  const made = await query<{ key: string }>(
    `INSERT INTO message_ids (workspace_id, key, body, received_at)
     SELECT $1, g.key, g.key, $3 FROM unnest($2::uuid[]) AS g(key) ON CONFLICT DO NOTHING RETURNING key`,
    [workspace, sorted, new Date(now)],
  );
  const fresh = new Set(made.map(({ key }) => key));
  return new Set(keys.flatMap((key, i) => (fresh.delete(key) ? [] : [i])));
}
