import * as contract from '#contract/threads.ts';
import { type Deed, deedOf } from '#features/handoffs/deed.ts';
import { readCursor, writeCursor } from '#features/leads/cursor.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { isUuid } from '#platform/ids.ts';
import { dutiesOf, edit, finish, read, write } from './messages.ts';
import { threadPolicy } from './policy.ts';

const look = <T>(
  { database }: House,
  caller: Caller,
  read: (reading: Pick<Deed, 'query' | 'workspace'>) => Promise<T>,
): Promise<T> => {
  allow(threadPolicy, 'read', caller);
  const { workspace } = caller;
  return database.inWorkspace(workspace, (_, query) => read({ query, workspace }), { readOnly: true });
};

const say = <T>(house: House, caller: Caller, work: (deed: Deed) => Promise<T>): Promise<T> => {
  allow(threadPolicy, 'write', caller);
  return deedOf(house, caller, work);
};

export const threadRoutes: readonly Route[] = [
  serve(contract.showThread, (house, caller, { params: place, query: { cursor, limit } }) =>
    look(house, caller, async (reading) => {
      const end = readCursor(cursor, ([at, id]) => Number.isInteger(at) && isUuid(String(id)));
      const before = end === null ? null : { at: Number(end[0]), id: String(end[1]) };
      const found = await read(reading, place, { before, limit });
      const items = found.slice(-limit);
      const first = items[0];
      const more = found.length > limit && first !== undefined;
      return { items, next: more ? writeCursor([Date.parse(first.at), first.id]) : null };
    }),
  ),
  serve(contract.writeMessage, (house, caller, { params: place, body }) =>
    say(house, caller, (deed) => write(deed, caller, place, body)),
  ),
  serve(contract.editMessage, (house, caller, { params: { id }, body: { body } }) =>
    say(house, caller, (deed) => edit(deed, caller, id, body)),
  ),
  serve(contract.doDuty, (house, caller, { params: { id } }) =>
    say(house, caller, (deed) => finish(deed, caller, id)),
  ),
  serve(contract.listDuties, (house, caller) =>
    look(house, caller, async (reading) => ({ items: await dutiesOf(reading, caller) })),
  ),
];
