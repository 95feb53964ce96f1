/** What becomes of what is in the outbox: webhooks for those who asked. */
import type { Database } from '#platform/db/database.ts';
import type { Carrier } from '#platform/outbox/outbox.ts';
import { fanOut } from './fan-out.ts';

/** Carries everything that is not addressed to somebody already. */
export const carryOutward =
  (database: Database): Carrier =>
  async (parcel) => {
    await database.inWorkspace(parcel.workspace_id, (_, query) => fanOut(query, parcel));
    return { kind: 'done' };
  };
