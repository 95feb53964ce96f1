/** Who carries mail. */
import type { Outcome } from '#platform/outbox/queue.ts';
import type { Letter } from './letter.ts';

export type Postman = {
  /**
   * Tries once. The server's "not now" (4xx) is worth another try; its "never" to an address or a message (5xx) is not.
   * @param id of the outbox: the Message-ID is made of it, so that a mail sent twice is known for one
   */
  send: (letter: Letter, id: string) => Promise<Outcome>;
};

/** Where there is no mail server, mail fails, and says why. */
export const noPostman: Postman = {
  send: async () => ({ kind: 'failed', error: 'No mail is sent: SMTP_URL is not set.' }),
};
