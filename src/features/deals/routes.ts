import * as contract from '#contract/deals.ts';
import { type Deed, deedOf } from '#features/handoffs/deed.ts';
import { readCursor, writeCursor } from '#features/leads/cursor.ts';
import type { Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { closeDeal, listDealsOf, openDeal, showDeal } from './deals.ts';
import { findLead } from './finding.ts';

/** Does something with a deal, and shows what has become of it. */
const change = (
  house: House,
  caller: Caller,
  work: (deed: Deed) => Promise<string>,
): Promise<contract.Deal> => deedOf(house, caller, async (deed) => showDeal(deed, caller, await work(deed)));

const at = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

export const dealRoutes: readonly Route[] = [
  serve(contract.listDeals, ({ database }, caller, { query: { cursor, ...wanted } }) =>
    database.inWorkspace(
      caller.workspace,
      async (_, query) => {
        const place = readCursor(cursor, ([at, id]) => Number.isInteger(at) && typeof id === 'string');
        const after = place === null ? undefined : { opened_at: Number(place[0]), id: String(place[1]) };
        const found = await listDealsOf({ query, workspace: caller.workspace }, caller, { ...wanted, after });
        const items = found.slice(0, wanted.limit);
        const last = items.at(-1);
        const more = found.length > wanted.limit && last !== undefined;
        return { items, next: more ? writeCursor([Date.parse(last.opened_at), last.id]) : null };
      },
      { readOnly: true },
    ),
  ),

  serve(contract.showDeal, ({ database }, caller, { params }) =>
    database.inWorkspace(
      caller.workspace,
      (_, query) => showDeal({ query, workspace: caller.workspace }, caller, params.id),
      { readOnly: true },
    ),
  ),

  serve(contract.openDeal, (house, caller, { body: { opened_at, ...body } }) =>
    change(house, caller, (deed) => openDeal(deed, caller, { ...body, opened_at: at(opened_at) })),
  ),

  serve(contract.closeDeal, (house, caller, { params: { id }, body: { closed_at, ...body } }) =>
    change(house, caller, async (deed) => {
      await closeDeal(deed, caller, id, { ...body, closed_at: at(closed_at) });
      return id;
    }),
  ),

  serve(contract.findLead, (house, caller, { body }) => findLead(house, caller, body)),
];
