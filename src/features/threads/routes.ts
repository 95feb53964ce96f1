import * as contract from '#contract/threads.ts';
import { deedOf } from '#features/handoffs/deed.ts';
import { readCursor, writeCursor } from '#features/leads/cursor.ts';
import { type Route, serve } from '#features/serve.ts';
import { dutiesOf, edit, finish, read, write } from './messages.ts';

export const threadRoutes: readonly Route[] = [
  serve(contract.showThread, ({ database }, caller, { params: place, query: { cursor, limit } }) =>
    database.inWorkspace(
      caller.workspace,
      async (_, query) => {
        const end = readCursor(cursor, ([at, id]) => Number.isInteger(at) && typeof id === 'string');
        const before = end === null ? null : { at: Number(end[0]), id: String(end[1]) };
        const found = await read({ query, workspace: caller.workspace }, caller, place, { before, limit });
        const items = found.slice(-limit);
        const first = items[0];
        const more = found.length > limit && first !== undefined;
        return { items, next: more ? writeCursor([Date.parse(first.at), first.id]) : null };
      },
      { readOnly: true },
    ),
  ),
  serve(contract.writeMessage, (house, caller, { params: place, body }) =>
    deedOf(house, caller, (deed) => write(deed, caller, place, body)),
  ),
  serve(contract.editMessage, (house, caller, { params: { id }, body: { body } }) =>
    deedOf(house, caller, (deed) => edit(deed, caller, id, body)),
  ),
  serve(contract.doDuty, (house, caller, { params: { id } }) =>
    deedOf(house, caller, (deed) => finish(deed, caller, id)),
  ),
  serve(contract.listDuties, ({ database }, caller) =>
    database.inWorkspace(
      caller.workspace,
      async (_, query) => ({ items: await dutiesOf({ query, workspace: caller.workspace }, caller) }),
      { readOnly: true },
    ),
  ),
];
