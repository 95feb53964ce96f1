/** A web server that does to those who call it whatever a test says. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };
type Behaviour = (answer: ServerResponse, received: Received) => void;

export const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Behaviour =>
  (reply) =>
    reply.writeHead(status, headers).end(body);

/** Ways to be a bad receiver. */
export const misbehave = {
  reset: (reply) => reply.socket?.resetAndDestroy(),
  /** A byte of the head now and then, and never its end. */
  dripHead: (reply) => {
    reply.socket?.write('HTTP/1.1 200 OK\r\nx: ');
    const drip = setInterval(() => reply.socket?.write('x'), 20);
    reply.socket?.on('error', () => undefined).on('close', () => clearInterval(drip));
  },
  /** A good answer whose body never ends. */
  dripBody: (reply) => {
    reply.writeHead(200);
    const drip = setInterval(() => reply.write('x'), 20);
    reply.on('close', () => clearInterval(drip));
  },
  /** A gigabyte, as fast as it is taken. */
  gigabyte: (reply) => {
    const part = Buffer.alloc(1024 * 1024, 'x');
    reply.writeHead(200, { 'content-length': String(1024 * part.length) });
    const pour = () => {
      while (!reply.destroyed && reply.write(part));
      if (!reply.destroyed) reply.once('drain', pour);
    };
    pour();
  },
} satisfies Record<string, Behaviour>;

export type Receiver = {
  readonly origin: string;
  readonly host: string;
  /** What came in, of the paths asked for. */
  received: (path: string) => Received[];
  /** From now on, calls of this path are treated so: each in turn, the last for good. */
  behave: (path: string, ...turns: Behaviour[]) => void;
};

export function withReceiver(): Receiver {
  const behaviours = new Map<string, Behaviour[]>();
  const all: Received[] = [];
  let host = '';
  const server = createServer((question, reply) => {
    let body = '';
    question.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    question.on('end', () => {
      const received = { path: question.url!, headers: question.headers, body };
      all.push(received);
      const turns = behaviours.get(received.path) ?? [];
      const turn = turns.length > 1 ? turns.shift()! : (turns[0] ?? answer(200));
      turn(reply, received);
    });
  });
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    get host() {
      return host;
    },
    get origin() {
      return `http://${host}`;
    },
    received: (path) => all.filter((one) => one.path === path),
    behave: (path, ...turns) => behaviours.set(path, turns),
  };
}
