/** A mail server of a test's own: keeps what it is handed, and says yes to everything. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Mailbox = {
  /** What to put into SMTP_URL. */
  url: string;
  /** What came: to whom, and the text of it, header and all. */
  letters: { to: string[]; text: string }[];
  close: () => Promise<void>;
};

export async function openMailbox(): Promise<Mailbox> {
  const letters: Mailbox['letters'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        letters.push({ to, text: readable(Buffer.concat(parts).toString('latin1')) });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}?from=leads@example.com`,
    letters,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

/** Quoted-printable as it is read. */
const readable = (source: string): string =>
  Buffer.from(
    source
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
