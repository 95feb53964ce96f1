import * as contract from '#contract/imports.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { knownZone } from '#features/zone.ts';
import type { Query } from '#platform/db/transaction.ts';
import { importPolicy } from './policy.ts';
import { listImports, rejectsFile, showImport } from './queries.ts';
import type { Uploads } from './uploads.ts';

const look = <T>({ database }: House, caller: Caller, read: (query: Query) => Promise<T>): Promise<T> => {
  allow(importPolicy, 'read', caller);
  return database.inWorkspace(caller.workspace, (_, query) => read(query), { readOnly: true });
};

export const importRoutes = (uploads: Pick<Uploads, 'take' | 'progressOf'>): readonly Route[] => {
  const known = ({ clock }: House) => ({ now: clock(), progressOf: (id: string) => uploads.progressOf(id) });
  return [
    serve(contract.sendImport, async (house, caller, { query: { kind, name, zone, ...rest }, body }) => {
      allow(importPolicy, 'send', caller);
      const options = { ...rest, zone: zone === undefined ? undefined : knownZone(zone) };
      const { id, repeated } = await uploads.take(caller, { kind, name, options }, body);
      const { database } = house;
      const { workspace } = caller;
      const shown = await database.inWorkspace(
        workspace,
        (_, query) => showImport(query, workspace, id, known(house)),
        { readOnly: true },
      );
      return { ...shown, repeated };
    }),

    serve(contract.listImports, (house, caller, { query: wanted }) =>
      look(house, caller, (query) => listImports(query, caller.workspace, wanted, known(house))),
    ),

    serve(contract.showImport, (house, caller, { params }) =>
      look(house, caller, (query) => showImport(query, caller.workspace, params.id, known(house))),
    ),

    serve(contract.importRejects, async (house, caller, { params: { id } }) => {
      // Whether there is such an import is answered, not cut off.
      await look(house, caller, (query) => showImport(query, caller.workspace, id, known(house)));
      return rejectsFile((read) => look(house, caller, read), caller.workspace, id);
    }),
  ];
};
