/** HTTP to where users say: webhooks and their like. What comes back is bounded in time and size, and never followed. */
import type { Dispatcher } from 'undici';
import { messageOf, OutsideError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { type Allowed, OutboundRefused, readAllowed } from './allowed.ts';
import type { Resolve } from './connector.ts';

export type OutboundOptions = {
  log: Log;
  /** Hosts, host:port or networks that may be called although they are not of the public internet. */
  allow?: readonly string[];
  resolve?: Resolve;
  /** Milliseconds for a whole call. 15 s when left out. */
  timeout?: number;
  /** Bytes of a reply that are read. 64 KB when left out. */
  mostRead?: number;
};

/** What came back. A redirect is a reply like any other. */
export type Reply = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As far as it was read. */
  body: string;
};

export type Outbound = {
  /**
   * @throws OutboundRefused for a target that may not be called, OutsideError when there was no reply in time
   */
  post: (url: string, headers: Record<string, string>, body: string) => Promise<Reply>;
  /**
   * Whether a URL may be called as far as one can tell by looking at it.
   * @returns what is wrong with it, null when nothing is
   */
  fault: (url: string) => string | null;
  /** Lets idle connections go. */
  close: () => Promise<void>;
};

const TIMEOUT = 15_000;
const MOST_READ = 64 * 1024;

export function openOutbound(options: OutboundOptions): Outbound {
  const { log, allow = [], resolve, timeout = TIMEOUT, mostRead = MOST_READ } = options;
  const allowed = readAllowed(allow);
  let calling: ReturnType<typeof openCaller> | null = null;

  const fault = (text: string): string | null => {
    const url = URL.parse(text);
    if (url === null)
      return `found ${JSON.stringify(text.slice(0, 200))}, wanted a URL such as https://example.com/hooks`;
    if (url.username !== '' || url.password !== '') return 'a URL may hold no user name or password';
    const target = { host: url.hostname, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) };
    if (url.protocol === 'https:' || (url.protocol === 'http:' && allowed.byName(target))) return null;
    return 'wanted a URL that begins with https://';
  };

  const post: Outbound['post'] = async (url, headers, body) => {
    const wrong = fault(url);
    if (wrong !== null) throw new OutboundRefused(`The address cannot be called: ${wrong}.`);
    calling ??= openCaller(allowed, resolve, timeout);
    const { request, agent } = await calling;
    const signal = AbortSignal.timeout(timeout);
    try {
      const reply = await request(url, { method: 'POST', headers, body, dispatcher: agent, signal });
      return { status: reply.statusCode, headers: reply.headers, body: await readSome(reply.body, mostRead) };
    } catch (error) {
      if (error instanceof OutboundRefused) log.warn({ host: URL.parse(url)?.host }, error.message);
      if (error instanceof OutsideError) throw error;
      if (signal.aborted) throw new OutsideError(`No reply within ${timeout / 1000} s.`, { cause: error });
      throw new OutsideError(`No reply: ${messageOf(error)}.`, { cause: error });
    }
  };

  return { post, fault, close: async () => (await calling)?.agent.close() };
}

/** By what calls are made: loaded at the first, since many a house makes none. */
async function openCaller(allowed: Allowed, resolve: Resolve | undefined, timeout: number) {
  const [{ Agent, request }, { guardedConnector }] = await Promise.all([
    import('undici'),
    import('./connector.ts'),
  ]);
  const agent = new Agent({
    connect: guardedConnector(allowed, resolve, timeout),
    headersTimeout: timeout,
    bodyTimeout: timeout,
    keepAliveTimeout: 5_000,
  });
  return { request, agent };
}

/**
 * The beginning of a body. Once the status is there the call has its answer: a body that is too long, too slow or cut
 * off is read as far as it goes, and the connection is let go.
 */
async function readSome(body: Dispatcher.ResponseData['body'], most: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= most) break;
    }
  } catch (error) {
    parts.push(Buffer.from(` … ${messageOf(error)}`));
  }
  return Buffer.concat(parts).subarray(0, most).toString('utf8').replaceAll('\0', '');
}
