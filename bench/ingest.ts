/**
 * Ingest beside its peers, on one PostgreSQL, interleaved in one run, medians:
 *
 * - P1: durable ingest over HTTP in batches of 100, against raw `unnest` inserts of 500 rows on two connections
 * - P3: single events over HTTP, against one insert a request on a pool of 10
 *
 * Beside the rates stands what an event costs in processor time, ours and PostgreSQL's together: on a machine that
 * others use as well it tells more than the rate. What it costs to send the requests is not counted.
 *
 *   node bench/ingest.ts [seconds a measurement] [rounds]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { startEmbedded } from '#platform/db/embedded/embedded.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';

const [seconds = 4, rounds = 5] = process.argv.slice(2).map(Number);
const LEADS = 10_000;
let sent = 0;
const BATCH = 100;

const directory = mkdtempSync(join(tmpdir(), 'leadpact-bench-'));
const server = await startEmbedded({ dataDirectory: directory, log: openLog('warn') });
const { owner } = server.logins();
const url = `postgres://${owner.user}:${owner.password}@${owner.host}:${owner.port}/${owner.database}`;
const app = await startApp();
const pool = new pg.Pool({ ...owner, max: 10 });
await pool.query('CREATE TABLE raw (LIKE activities INCLUDING ALL)');
const peer = await startPeer();
const lines = new Map<number, Line[]>();

/** The service as it is run, without its worker. */
async function startApp() {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'start', '--port', '0', '--format', 'json'], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      LEADPACT_DATA: join(directory, 'app'),
      LEADPACT_ROLE: 'api',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { address, server_write_key } = JSON.parse(line) as { address: string; server_write_key: string };
  return {
    port: Number(new URL(address).port),
    key: server_write_key,
    pid: child.pid!,
    stop: () => child.kill('SIGTERM'),
  };
}

/** What one would write first: a web server that inserts each event as it comes. */
async function startPeer() {
  const child = spawn(process.execPath, ['bench/peers/one-insert.ts', url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port } = JSON.parse(line) as { port: number };
  return { port, pid: child.pid!, stop: () => child.kill('SIGTERM') };
}

function eventOf(i: number): Record<string, unknown> {
  return {
    type: 'track',
    event: 'Article Read',
    userId: `user-${Math.floor(Math.random() * LEADS)}`,
    messageId: messageId(i),
    timestamp: new Date().toISOString(),
    properties: {
      path: `/blog/article-${i}`,
      title: 'What "qualified" means',
      words: 1200,
      paid: false,
      plan: 'pro',
    },
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' }, locale: 'en-US' },
  };
}

const ID_LENGTH = messageId(0).length;
function messageId(i: number): string {
  return `node-next-${Date.now()}-${String(sent + i).padStart(12, '0')}${process.pid.toString().padStart(8, '0')}`;
}

/** Bodies are made once; before each sending, message ids are written over those of the time before. */
const bodies: { body: Buffer; places: number[] }[] = Array.from({ length: 64 }, () => {
  const body = Buffer.from(JSON.stringify({ batch: Array.from({ length: BATCH }, (_, i) => eventOf(i)) }));
  const places: number[] = [];
  for (let at = body.indexOf('node-next-'); at >= 0; at = body.indexOf('node-next-', at + ID_LENGTH))
    places.push(at);
  return { body, places };
});

async function postBatch(key: string): Promise<number> {
  const ready = bodies.pop()!;
  for (const [i, place] of ready.places.entries()) ready.body.write(messageId(i), place, 'latin1');
  sent += BATCH;
  await post(app.port, '/v1/batch', ready.body, basic(key));
  bodies.unshift(ready);
  return BATCH;
}

function single(): Buffer {
  return Buffer.from(JSON.stringify(eventOf(++sent)));
}

const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

/** Sends over connections that stay open, with as little work on our side as can be: we share the machine. */
async function post(port: number, path: string, body: Buffer, authorization = ''): Promise<void> {
  const idle = lines.get(port) ?? [];
  lines.set(port, idle);
  const line = idle.pop() ?? new Line(port);
  const auth = authorization === '' ? '' : `Authorization: ${authorization}\r\n`;
  const head = `POST ${path} HTTP/1.1\r\nHost: bench\r\n${auth}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  const status = await line.ask(head, body);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
  idle.push(line);
}

/** One connection, one request at a time. */
class Line {
  readonly #socket: Socket;
  #answered: (status: number) => void = () => undefined;
  #read = '';

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (text) => this.#take(String(text)));
  }

  ask(head: string, body: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#socket.once('error', reject);
      this.#socket.cork();
      this.#socket.write(head, 'latin1');
      this.#socket.write(body);
      this.#socket.uncork();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#read += text;
    const end = this.#read.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#read)?.[1];
    const whole =
      length === undefined ? this.#read.endsWith('0\r\n\r\n') : this.#read.length >= end + 4 + Number(length);
    if (!whole) return;
    const status = Number(this.#read.slice(9, 12));
    this.#read = '';
    this.#socket.removeAllListeners('error');
    this.#answered(status);
  }
}

async function insertRaw(): Promise<number> {
  const rows = Array.from({ length: 500 }, (_, i) => eventOf(i));
  const now = new Date().toISOString();
  await pool.query({
    name: 'raw',
    text: `INSERT INTO raw (workspace_id, id, lead, at, received_at, type, trust, properties, context)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[])`,
    values: [
      rows.map(() => RAW_WORKSPACE),
      rows.map(() => newId(Date.now())),
      rows.map(() => Math.floor(Math.random() * LEADS)),
      rows.map(({ timestamp }) => timestamp),
      rows.map(() => now),
      rows.map(({ event }) => event),
      rows.map(() => 'server'),
      rows.map(({ properties }) => JSON.stringify(properties)),
      rows.map(({ context }) => JSON.stringify(context)),
    ],
  });
  return rows.length;
}
const RAW_WORKSPACE = newId(0);

/** Makes every lead, and lets both sides get to know their code. */
async function warmUp(): Promise<void> {
  for (let first = 0; first < LEADS; first += 1_000) {
    const batch = Array.from({ length: 1_000 }, (_, i) => ({
      ...eventOf(sent++),
      userId: `user-${first + i}`,
    }));
    await post(app.port, '/v1/batch', Buffer.from(JSON.stringify({ batch })), basic(app.key));
  }
  await rateOf(8, () => postBatch(app.key), 1);
  await rateOf(2, insertRaw, 1);
}

type Counted = { rate: number; count: number };

/** Events a second, with so many doing it side by side. */
async function rateOf(lanes: number, work: () => Promise<number>, time = seconds): Promise<Counted> {
  const start = performance.now();
  const end = start + time * 1_000;
  let count = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const done = await work(); // awaited before it is added, lest lanes undo each other's sums
      count += done;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { rate: count / ((performance.now() - start) / 1_000), count };
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

type Measured = { rate: number; cost: number };

/** Processor time so far, in microseconds: PostgreSQL's processes and the given one. */
function processorTime(pid: number): number {
  const tick = 10_000; // a hundredth of a second, on Linux
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, name) => {
      const [ppid, utime, stime] = statOf(name);
      const counts = name === String(pid) || name === String(server.pid) || ppid === server.pid;
      return counts ? sum + (utime! + stime!) * tick : sum;
    }, 0);
}

function statOf(pid: string): number[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return [fields[1], fields[11], fields[12]].map(Number);
  } catch {
    return [0, 0, 0]; // gone meanwhile
  }
}

const middle = (measured: Measured[], part: keyof Measured): number =>
  median(measured.map((one) => one[part]));

try {
  await warmUp();
  const results: Record<string, Measured[]> = {};
  const measure = async (
    name: string,
    pid: number,
    lanes: number,
    work: () => Promise<number>,
  ): Promise<void> => {
    const before = processorTime(pid);
    const { rate, count } = await rateOf(lanes, work);
    const cost = (processorTime(pid) - before) / count;
    results[name] = [...(results[name] ?? []), { rate, cost }];
  };
  for (let round = 0; round < rounds; round++) {
    await measure('raw', process.pid, 2, insertRaw);
    await measure('batches', app.pid, 16, () => postBatch(app.key));
    await measure('one insert a request', peer.pid, 64, () => post(peer.port, '/', single()).then(() => 1));
    await measure('singles', app.pid, 64, () =>
      post(app.port, '/v1/track', single(), basic(app.key)).then(() => 1),
    );
    await pool.query('TRUNCATE raw');
    await pool.query('TRUNCATE dirty_leads'); // which the worker would have taken
  }
  for (const [name, measured] of Object.entries(results)) {
    const [rate, cost] = [middle(measured, 'rate'), middle(measured, 'cost')];
    console.log(
      name.padEnd(22),
      `${Math.round(rate)}/s`.padStart(9),
      `${cost.toFixed(1)} µs of processor time`,
    );
  }
  const compare = (label: string, ours: string, theirs: string, wanted: number): void => {
    const [a, b] = [results[ours]!, results[theirs]!];
    const found = middle(a, 'rate') / middle(b, 'rate');
    const byCost = middle(b, 'cost') / middle(a, 'cost');
    const verdict = found >= wanted ? 'ok' : 'MISSED';
    console.log(
      `${label}: ${found.toFixed(2)}, by processor time ${byCost.toFixed(2)} (wanted ≥ ${wanted}) ${verdict}`,
    );
  };
  compare('P1 batches / raw', 'batches', 'raw', 0.5);
  compare('P3 singles / one insert a request', 'singles', 'one insert a request', 2);
} finally {
  app.stop();
  peer.stop();
  for (const line of [...lines.values()].flat()) line.close();
  await pool.end();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}
