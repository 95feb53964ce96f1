import type { Postman } from '#platform/mail/postman.ts';
import type { Carrier, Parcel } from '#platform/outbox/outbox.ts';
import { type WritingHouse, writers } from './writers.ts';

/** Carries parcels whose topic begins with `mail.` to a mail server. */
export const mailCarrier =
  (house: WritingHouse, postman: Postman): Carrier =>
  async (parcel) => {
    const kind = parcel.topic.slice('mail.'.length);
    if (!Object.hasOwn(writers, kind)) return { kind: 'failed', error: `There is no mail of kind ${kind}.` };
    if (await isDemo(house, parcel)) return { kind: 'done' };
    const letter = await writers[kind]!(house, parcel);
    return letter === null ? { kind: 'done' } : postman.send(letter, parcel.id);
  };

/** Nobody is written to from the demo company, whoever its visitors name. */
const isDemo = async ({ database }: WritingHouse, { workspace_id }: Parcel): Promise<boolean> => {
  const rows = await database.inWorkspace(workspace_id, (_, query) =>
    query('SELECT FROM workspaces WHERE workspace_id = $1 AND demo', [workspace_id]),
  );
  return rows.length > 0;
};
