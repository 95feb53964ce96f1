import * as contract from '#contract/deals.ts';
import { type Deed, deedOf } from '#features/handoffs/deed.ts';
import { readCursor, writeCursor } from '#features/leads/cursor.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { isUuid } from '#platform/ids.ts';
import { closeDeal, listDealsOf, openDeal, showDeal } from './deals.ts';
import { findLead } from './finding.ts';
import { dealPolicy } from './policy.ts';

/** Does something with a deal, and shows what has become of it. */
const change = (
  house: House,
  caller: Caller,
  verb: 'open' | 'close',
  work: (deed: Deed) => Promise<string>,
): Promise<contract.Deal> => {
  allow(dealPolicy, verb, caller);
  return deedOf(house, caller, async (deed) => showDeal(deed, await work(deed)));
};

const look = <T>(
  { database }: House,
  caller: Caller,
  read: (reading: Pick<Deed, 'query' | 'workspace'>) => Promise<T>,
): Promise<T> => {
  allow(dealPolicy, 'read', caller);
  const { workspace } = caller;
  return database.inWorkspace(workspace, (_, query) => read({ query, workspace }), { readOnly: true });
};

const at = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

export const dealRoutes: readonly Route[] = [
  serve(contract.listDeals, (house, caller, { query: { cursor, ...wanted } }) =>
    look(house, caller, async (reading) => {
      const place = readCursor(cursor, ([at, id]) => Number.isInteger(at) && isUuid(String(id)));
      const after = place === null ? undefined : { opened_at: Number(place[0]), id: String(place[1]) };
      const found = await listDealsOf(reading, { ...wanted, after });
      const items = found.slice(0, wanted.limit);
      const last = items.at(-1);
      const more = found.length > wanted.limit && last !== undefined;
      return { items, next: more ? writeCursor([Date.parse(last.opened_at), last.id]) : null };
    }),
  ),

  serve(contract.showDeal, (house, caller, { params }) =>
    look(house, caller, (reading) => showDeal(reading, params.id)),
  ),

  serve(contract.openDeal, (house, caller, { body: { opened_at, ...body } }) =>
    change(house, caller, 'open', (deed) => openDeal(deed, caller, { ...body, opened_at: at(opened_at) })),
  ),

  serve(
    contract.closeDeal,
    (house, caller, { params: { id }, body: { closed_at, revision, ...body }, ifMatch }) =>
      change(house, caller, 'close', async (deed) => {
        await closeDeal(deed, id, { ...body, revision, ifMatch, closed_at: at(closed_at) });
        return id;
      }),
  ),

  serve(contract.findLead, (house, caller, { body }) => {
    allow(dealPolicy, 'find', caller);
    return findLead(house, caller, body);
  }),
];
