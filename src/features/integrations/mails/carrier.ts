import type { Postman } from '#platform/mail/postman.ts';
import type { Carrier } from '#platform/outbox/outbox.ts';
import { type WritingHouse, writers } from './writers.ts';

/** Carries parcels whose topic begins with `mail.` to a mail server. */
export const mailCarrier =
  (house: WritingHouse, postman: Postman): Carrier =>
  async (parcel) => {
    const kind = parcel.topic.slice('mail.'.length);
    if (!Object.hasOwn(writers, kind)) return { kind: 'failed', error: `There is no mail of kind ${kind}.` };
    const letter = await writers[kind]!(house, parcel);
    return letter === null ? { kind: 'done' } : postman.send(letter, parcel.id);
  };
