/** What becomes of what happened: webhooks for those who asked, mails to those it concerns. */
import type { Database } from '#platform/db/database.ts';
import { type Carrier, post } from '#platform/outbox/outbox.ts';
import { fanOut } from './fan-out.ts';
import { noticesOf } from './mails/notices.ts';

/** Carries everything that is not addressed to somebody already. */
export const carryOutward =
  (database: Database): Carrier =>
  async (parcel) => {
    await database.inWorkspace(parcel.workspace_id, async (_, query) => {
      await fanOut(query, parcel);
      await post(query, parcel.workspace_id, await noticesOf(query, parcel), parcel.claimed_at.getTime());
    });
    return { kind: 'done' };
  };
