/** What sales found itself: a lead that marketing did not bring, entered by hand and counted as such. */

import { carryOut } from '#features/handoffs/deed.ts';
import { readEmail } from '#features/leads/identity/email.ts';
import type { Sighting } from '#features/leads/identity/identity.ts';
import { Recognition } from '#features/leads/identity/recognise.ts';
import { actorOf, type Caller, memberOf } from '#features/people/policy.ts';
import type { House } from '#features/serve.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { type Opening, openDeal } from './deals.ts';

export type Found = {
  attributes: Record<string, string | number | boolean>;
  source?: string | undefined;
  deal?: Pick<Opening, 'name' | 'amount' | 'currency'> | undefined;
};

/**
 * Enters a lead that sales found. Refused for somebody who is a lead already: they were brought by somebody else.
 * @returns the lead's id, and the deal's where one was opened with it.
 */
export async function findLead(
  { database, clock }: Pick<House, 'database' | 'clock'>,
  caller: Caller,
  { attributes, source, deal }: Found,
): Promise<{ id: string; deal: string | null }> {
  const { workspace } = caller;
  const now = clock();
  const email = readEmail(attributes.email);
  if (email === null) {
    const message = 'wanted the e-mail address of a person';
    throw new HttpProblem(422, 'lead_email', `The lead is not entered: ${message}.`, {
      errors: [{ path: 'attributes.email', message }],
    });
  }
  const sighting: Sighting = {
    at: now,
    trust: 'member',
    identities: [{ kind: 'email', value: email }],
    claims: [],
    values: source === undefined ? attributes : { source, ...attributes },
  };
  const recognition = new Recognition(database);
  const prepared = await recognition.prepare(workspace, [sighting]);
  return carryOut(database, workspace, actorOf(caller), now, async (deed) => {
    const scope = { query: deed.query, workspace, now };
    if (prepared.numbers.length === 0) throw await known(deed.query, workspace, email);
    const { leads } = await recognition.recognise(scope, [sighting], prepared, 'found');
    const [lead] = leads;
    // Somebody else was first between looking and writing.
    if (lead === undefined || lead !== prepared.numbers[0]) throw await known(deed.query, workspace, email);
    const { id } = await deed.tx
      .updateTable('leads')
      .set({ origin: 'sales', found_by: memberOf(caller) })
      .where('workspace_id', '=', workspace)
      .where('number', '=', lead)
      .returning('id')
      .executeTakeFirstOrThrow();
    deed.mark(lead);
    const data = { member: caller.id };
    deed.journal({ at: now, what: 'lead.found', subject: { kind: 'lead', id }, data });
    deed.send('lead.found', { lead: id, at: now, ...data });
    return { id, deal: deal === undefined ? null : await openDeal(deed, caller, { ...deal, lead: id }) };
  });
}

async function known(query: Query, workspace: string, email: string): Promise<HttpProblem> {
  const [row] = await query<{ id: string }>(
    `SELECT s.id FROM identities i JOIN leads l ON l.workspace_id = $1 AND l.number = i.lead
     JOIN leads s ON s.workspace_id = $1 AND s.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END
     WHERE i.workspace_id = $1 AND i.kind = 'email' AND i.value = $2`,
    [workspace, email],
  );
  return new HttpProblem(
    409,
    'known_lead',
    `This person is a lead already (${row?.id ?? 'just now'}): open a deal for it, or ask for an exception.`,
  );
}
