/** What becomes of what happened: webhooks for those who asked, mails to those it concerns. */
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';
import { type InnerCarrier, type Parcel, post } from '#platform/outbox/outbox.ts';
import { fanOut } from './fan-out.ts';
import { noticesOf } from './mails/notices.ts';

/** Carries everything that is not addressed to somebody already. */
export const carryOutward = (database: Database): InnerCarrier => ({
  alone: async (parcel) => {
    await database.inWorkspace(parcel.workspace_id, (_, query) => tellOutside(query, [parcel]));
    return { kind: 'done' };
  },
  together: tellOutside,
});

/** Parcels of one workspace. */
async function tellOutside(query: Query, parcels: readonly Parcel[]): Promise<void> {
  await fanOut(query, parcels);
  for (const parcel of parcels) {
    const notices = await noticesOf(query, parcel);
    await post(query, parcel.workspace_id, notices, parcel.claimed_at.getTime());
  }
}
