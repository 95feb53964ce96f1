/** Hands mail over to the operator's mail server. */
import { createTransport } from 'nodemailer';
import { messageOf } from '#platform/errors.ts';
import type { Outcome } from '#platform/outbox/queue.ts';
import { html, oneLine, plainText } from './letter.ts';
import type { Postman } from './postman.ts';

const ADDRESS = /^[^\s<>(),;:"@]+@[^\s<>(),;:"@]+$/;
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\])$/;
const TIMEOUT = 15_000;

/**
 * @param smtpUrl `smtp://user:password@host:587`; `?from=leads@example.com` names the sender
 * @param publicUrl names the sender's domain where the URL does not
 */
export function openSmtp(smtpUrl: string, publicUrl: string): Postman {
  const url = new URL(smtpUrl);
  const sender = url.searchParams.get('from') ?? `leadpact@${new URL(publicUrl).hostname}`;
  url.searchParams.delete('from');
  // A password goes over a wire that others may read only when the operator says so.
  const guarded = url.username !== '' && !LOOPBACK.test(url.hostname) && !url.searchParams.has('requireTLS');
  if (guarded) url.searchParams.set('requireTLS', 'true');
  const transport = createTransport({
    url: url.href,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const conceal = concealing(url);
  const domain = sender.slice(sender.lastIndexOf('@') + 1);

  return {
    send: async (letter, id) => {
      const { name, address } = letter.to;
      if (!ADDRESS.test(address))
        return { kind: 'failed', error: `${JSON.stringify(address)} is no e-mail address.` };
      try {
        await transport.sendMail({
          from: { name: 'Leadpact', address: sender },
          to: { name: oneLine(name), address },
          subject: oneLine(letter.subject),
          messageId: `<${id}@${domain}>`,
          text: plainText(letter),
          html: html(letter),
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'done' };
      } catch (error) {
        return refusal(error, conceal);
      }
    },
  };
}

/** Mail servers may repeat what they were told, and what they say is kept: the password goes no further. */
function concealing({ username, password }: URL): (text: string) => string {
  const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  if (secret === '') return (text) => text;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const forms = [base64(`\0${user}\0${secret}`), base64(secret), secret];
  return (text) => forms.reduce((left, form) => left.replaceAll(form, '…'), text);
}

/** What nodemailer adds to its errors. */
type SmtpError = { responseCode?: number; command?: string };

/** Only what was said to the recipient or to the message itself is about this mail; all else is about the server. */
function refusal(error: unknown, conceal: (text: string) => string): Outcome {
  const { responseCode = 0, command = '' } = error as SmtpError;
  const said = conceal(messageOf(error));
  const isBounce = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  if (isBounce) return { kind: 'failed', error: `Bounced: ${said}` };
  if (error instanceof TypeError) throw error; // the letter is at fault
  return { kind: 'again', error: said, after: null };
}
