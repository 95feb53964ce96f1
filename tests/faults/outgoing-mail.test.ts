import type { AddressInfo } from 'node:net';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { carryOutward } from '#features/integrations/carriers.ts';
import { mailCarrier } from '#features/integrations/mails/carrier.ts';
import { openAuth } from '#features/people/auth.ts';
import { openLetters } from '#features/people/letters.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import type { Letter } from '#platform/mail/letter.ts';
import { noPostman, type Postman } from '#platform/mail/postman.ts';
import { openSmtp } from '#platform/mail/smtp.ts';
import { outboxQueue, post } from '#platform/outbox/outbox.ts';
import { pumpOnce } from '#platform/outbox/pump.ts';
import { withDatabase } from '../support/db.ts';

type Said = { from: string; to: string[]; source: string };
type Refusals = { rcpt?: string; data?: string; greeting?: string };

const db = withDatabase();
const NOW = Date.UTC(2026, 2, 2, 12);
const publicUrl = 'https://leads.example.com';

let server: SMTPServer;
let port = 0;
let said: Said[] = [];
/** What the server says instead of yes: a code and a sentence. */
let refuse: Refusals = {};
let workspace = '';
let postman: Postman;

const failure = (text: string): Error =>
  Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) });
const address = (one: SMTPServerAddress | false): string => (one === false ? '' : one.address);

const script: SMTPServerOptions = {
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onConnect: (_: SMTPServerSession, done) => done(refuse.greeting ? failure(refuse.greeting) : null),
  onRcptTo: (_, __, done) => done(refuse.rcpt ? failure(refuse.rcpt) : null),
  onData: (stream, session, done) => {
    let source = '';
    stream.setEncoding('utf8').on('data', (part: string) => {
      source += part;
    });
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      said.push({ from: address(mailFrom), to: rcptTo.map(address), source });
      done(refuse.data ? failure(refuse.data) : null);
    });
  },
};

beforeAll(async () => {
  server = new SMTPServer(script);
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  port = (server.server.address() as AddressInfo).port;
  postman = openSmtp(`smtp://127.0.0.1:${port}?from=leads@example.com`, publicUrl);
});
afterAll(() => new Promise<void>((closed) => server.close(closed)));
beforeEach(async () => {
  said = [];
  refuse = {};
  await db.owner.query('DELETE FROM outbox');
  workspace = await db.newWorkspace();
});

const letter: Letter = {
  to: { name: 'Ada Byron', address: 'ada@acme.example' },
  subject: 'A lead for you',
  parts: [
    { kind: 'text', text: 'Read the pricing page.' },
    { kind: 'list', items: ['one', 'two'] },
    { kind: 'action', label: 'Open', url: 'https://leads.example.com/h?a=1&b=2' },
  ],
};
const head = (source: string): string =>
  source.slice(0, source.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
const decoded = (source: string): string =>
  Buffer.from(
    source
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

describe('a letter', () => {
  test('is sent as plain text and as HTML of the same words, known by the id of the outbox', async () => {
    const id = newId(NOW);
    expect(await postman.send(letter, id)).toEqual({ kind: 'done' });
    expect(said).toMatchObject([{ from: 'leads@example.com', to: ['ada@acme.example'] }]);
    expect(head(said[0]!.source)).toContain(`Message-ID: <${id}@example.com>`);
    expect(head(said[0]!.source)).toContain('Auto-Submitted: auto-generated');
    const text = decoded(said[0]!.source);
    expect(text).toContain('- one\r\n- two');
    expect(text).toContain('<li>one</li><li>two</li>');
    expect(text).toContain('href="https://leads.example.com/h?a=1&amp;b=2"');
  });

  test('with line ends in a name has no header but ours', async () => {
    const name = 'Ada\r\nBcc: eve@evil.example\r\n\r\n<h1>hello';
    const hostile = { ...letter, to: { ...letter.to, name }, subject: `${name}\0` };
    await postman.send(hostile, newId(NOW));
    expect(said[0]!.to).toEqual(['ada@acme.example']);
    expect(head(said[0]!.source)).not.toMatch(/^bcc:/im);
    expect(said[0]!.source.match(/^subject:/gim)).toHaveLength(1);
  });

  test('with markup in its words shows the markup', async () => {
    const hostile: Letter = {
      ...letter,
      parts: [
        { kind: 'text', text: '<img src=x onerror=alert(1)> "\'&' },
        { kind: 'list', items: ['</ul><script>alert(1)</script>'] },
      ],
    };
    await postman.send(hostile, newId(NOW));
    const [, page] = decoded(said[0]!.source).split('<!doctype html>');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;&#39;&amp;');
    expect(page).not.toMatch(/<img|<script/);
  });

  test.each(['javascript:alert(1)', 'https://a.example/"onclick="', 'data:text/html,x'])(
    'links nowhere like %s',
    async (url) => {
      const hostile: Letter = { ...letter, parts: [{ kind: 'action', label: 'Open', url }] };
      await expect(postman.send(hostile, newId(NOW))).rejects.toThrow('web addresses only');
    },
  );

  test.each(['ada@acme.example\r\nRCPT TO:<eve@evil.example>', 'ada, eve@evil.example', 'ada', ''])(
    'goes to no address like %j',
    async (address) => {
      const outcome = await postman.send({ ...letter, to: { name: 'Ada', address } }, newId(NOW));
      expect(outcome).toMatchObject({ kind: 'failed' });
      expect(said).toEqual([]);
    },
  );
});

describe('the mail server', () => {
  const answers: [what: string, how: Refusals, kind: 'again' | 'failed'][] = [
    ['is busy at the door (421)', { greeting: '421 Try later' }, 'again'],
    ['greylists (451)', { rcpt: '451 Greylisted' }, 'again'],
    ['has a full mailbox (452)', { rcpt: '452 Full' }, 'again'],
    ['does not know the address (550)', { rcpt: '550 No such user' }, 'failed'],
    ['refuses the message (554)', { data: '554 Spam' }, 'failed'],
    ['fails at the message (451)', { data: '451 Local error' }, 'again'],
    ['refuses us altogether (554)', { greeting: '554 Go away' }, 'again'],
  ];
  test.each(answers)('%s', async (_, how, kind) => {
    refuse = how;
    expect(await postman.send(letter, newId(NOW))).toMatchObject({ kind, error: expect.any(String) });
  });

  test('that cannot be reached is tried again', async () => {
    const nobody = openSmtp('smtp://127.0.0.1:1', publicUrl);
    expect(await nobody.send(letter, newId(NOW))).toMatchObject({ kind: 'again' });
  });

  test('without TLS is told nothing when TLS is asked for', async () => {
    const careful = openSmtp(`smtp://127.0.0.1:${port}?requireTLS=true`, publicUrl);
    expect(await careful.send(letter, newId(NOW))).toMatchObject({ kind: 'again' });
    expect(said).toEqual([]);
  });

  test('that is not there at all is said', async () => {
    expect(await noPostman.send(letter, 'x')).toMatchObject({
      kind: 'failed',
      error: expect.stringContaining('SMTP_URL'),
    });
  });
});

describe('from the outbox', () => {
  let now = NOW;
  const clock = () => now;
  const pump = () => {
    const options = { database: db.database, clock, secret: 's'.repeat(40), publicUrl };
    const letters = openLetters(options.secret, publicUrl, true);
    const house = { database: db.database, clock, auth: openAuth(options), letters, publicUrl };
    const queue = outboxQueue({ mail: mailCarrier(house, postman) }, carryOutward(db.database));
    return pumpOnce(queue, { database: db.database, log: openLog('silent'), now: async () => now });
  };
  const parcel = async (topic: string, payload: Record<string, unknown>): Promise<string> => {
    const id = newId(now);
    await db.database.inWorkspace(workspace, (_, query) =>
      post(query, workspace, [{ id, topic, payload }], now),
    );
    return id;
  };
  const member = async (email: string, zone: string | null = null): Promise<string> => {
    const id = newId(now);
    await db.owner.query(
      "INSERT INTO members (workspace_id, id, name, email, party, zone, invited_at) VALUES ($1, $2, 'Ada \"A\" Byron', $3, 'sales', $4, $5)",
      [workspace, id, email, zone, new Date(now)],
    );
    return id;
  };
  const rows = async () =>
    (
      await db.owner.query(
        'SELECT topic, attempts, done_at IS NOT NULL AS done, failed_at IS NOT NULL AS failed FROM outbox ORDER BY topic',
      )
    ).rows;

  test('an invitation is sent again after a refusal for now, by the same Message-ID', async () => {
    now = NOW;
    const id = await parcel('mail.invitation', { member: await member('ada@acme.example') });
    refuse = { data: '451 Not now' };
    await pump();
    refuse = {};
    now += 6_000;
    await pump();
    expect(said).toHaveLength(2);
    for (const { source } of said) expect(head(source)).toContain(`Message-ID: <${id}@example.com>`);
    expect(decoded(said[1]!.source)).toMatch(/https:\/\/leads\.example\.com\/invitation#\S+/);
    expect(await rows()).toEqual([{ topic: 'mail.invitation', attempts: 2, done: true, failed: false }]);
  });

  test('an address nobody has is given up at once', async () => {
    refuse = { rcpt: '550 No such user' };
    await parcel('mail.invitation', { member: await member('nobody@acme.example') });
    await pump();
    expect(await rows()).toEqual([{ topic: 'mail.invitation', attempts: 1, done: false, failed: true }]);
  });

  test('who has joined or left meanwhile gets no invitation', async () => {
    const id = await member('ada@acme.example');
    await db.owner.query('UPDATE members SET left_at = now() WHERE id = $1', [id]);
    await parcel('mail.invitation', { member: id });
    await pump();
    expect(said).toEqual([]);
    expect(await rows()).toMatchObject([{ done: true }]);
  });

  test('a new password for somebody who signs in without one is no mail', async () => {
    await parcel('mail.password', { person: newId(now) });
    await pump();
    expect(said).toEqual([]);
    expect(await rows()).toMatchObject([{ done: true }]);
  });

  test('a kind of mail that is not known is said to be so', async () => {
    await parcel('mail.constructor', {});
    await pump();
    expect(await rows()).toMatchObject([{ failed: true }]);
  });

  const handoff = async (owner: string): Promise<string> => {
    const [id, pact, lead] = [newId(now), newId(now), 1];
    await db.owner.query('INSERT INTO pacts (workspace_id, id, name) VALUES ($1, $2, $3)', [
      workspace,
      pact,
      'P',
    ]);
    await db.owner.query(
      "INSERT INTO versions (workspace_id, pact_id, number, text, normal, digest) VALUES ($1, $2, 1, 'pact: P', '{}', 'sha256:x')",
      [workspace, pact],
    );
    await db.owner.query(
      'INSERT INTO leads (workspace_id, number, id, created_at) VALUES ($1, $2, $3, now())',
      [workspace, lead, newId(now)],
    );
    const packet = {
      why_now: ['Read the pricing page 3 times.'],
      lead: { email: 'grace@rival.example', first_name: 'Grace\r\n', last_name: '<b>Hopper' },
    };
    await db.owner.query(
      `INSERT INTO handoffs (workspace_id, id, lead, pass, pact_id, version, tier, origin, packet, offered_at, accept_by, owner_id)
       VALUES ($1, $2, $3, 1, $4, 1, 'hot', 'mql', $5, $6, $7, $8)`,
      [workspace, id, lead, pact, JSON.stringify(packet), new Date(now), new Date(now + 7_200_000), owner],
    );
    await db.owner.query(
      `INSERT INTO deadlines (workspace_id, id, handoff_id, term, pact_id, version, started_at, due_at)
       VALUES ($1, $2, $3, 'accept', $4, 1, $5, $6)`,
      [workspace, newId(now), id, pact, new Date(now), new Date(now + 7_200_000)],
    );
    return id;
  };

  test('who is handed a lead is told once, in their own time, and reminded while it waits', async () => {
    now = NOW;
    const owner = await member('ada@acme.example', 'Europe/Berlin');
    const id = await handoff(owner);
    await parcel('handoff.offered', { handoff: id, lead: 'l', owner });
    await pump();
    const offered = decoded(said[0]!.source);
    expect(head(offered)).toContain('Subject: Grace <b>Hopper: a hot lead for you');
    expect(offered).toContain('by Mon, 2 Mar 2026, 15:00');
    expect(offered).toContain('Read the pricing page 3 times.');
    expect(offered).toContain('&lt;b&gt;Hopper');
    expect(offered).toContain(`https://leads.example.com/handoffs/${id}`);

    await parcel('sla.reminded', { handoff: id, lead: 'l', owner, term: 'accept' });
    await pump();
    expect(decoded(said[1]!.source)).toContain('needs to be accepted or returned by Mon, 2 Mar 2026, 15:00');

    now += 7_300_000;
    const senior = await member('lead@acme.example');
    await db.owner.query("UPDATE members SET rank = 'lead', joined_at = now() WHERE id = $1", [senior]);
    await parcel('sla.late', { handoff: id, lead: 'l', owner, term: 'accept' });
    await pump();
    expect(said[2]!.to).toEqual(['lead@acme.example']);
    expect(decoded(said[2]!.source)).toContain('That has passed.');

    await db.owner.query('UPDATE deadlines SET met_at = now() WHERE handoff_id = $1', [id]);
    await parcel('sla.reminded', { handoff: id, lead: 'l', owner, term: 'accept' });
    await pump();
    expect(said).toHaveLength(3);
  });

  test('a handoff that waits in a queue is mailed to nobody', async () => {
    await parcel('handoff.offered', { handoff: newId(now), lead: 'l', owner: null, queue: 'inbound' });
    await pump();
    expect(said).toEqual([]);
    expect(await rows()).toMatchObject([{ topic: 'handoff.offered', done: true }]);
  });
});
