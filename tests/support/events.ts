/** A reader of server-sent events, as a browser is one. */

type Seen = { id: string | null; event: string; data: Record<string, unknown> };

export type Reader = {
  status: number;
  headers: Headers;
  /** The next event that fits; fails when none comes within the time. */
  next: (fits?: (seen: Seen) => boolean, within?: number) => Promise<Seen>;
  /** Everything that came, in order. */
  seen: Seen[];
  /** The text as it came, signs of life included. */
  text: () => string;
  /** When the server ended it. */
  ended: Promise<void>;
  close: () => void;
};

/** Opens a stream, and reads it from then on. */
export async function readEvents(url: string, headers: Record<string, string>): Promise<Reader> {
  const stopping = new AbortController();
  const reply = await fetch(url, { headers, signal: stopping.signal });
  const seen: Seen[] = [];
  let [text, rest, taken] = ['', '', 0];
  let changed = Promise.withResolvers<void>();
  const read = async () => {
    if (reply.body === null) return;
    const decoder = new TextDecoder();
    for await (const chunk of reply.body) {
      const part = decoder.decode(chunk, { stream: true });
      text += part;
      const blocks = (rest + part).split('\n\n');
      rest = blocks.pop()!;
      seen.push(...blocks.flatMap(parse));
      changed.resolve();
      changed = Promise.withResolvers();
    }
  };
  const ended = read().catch((error: unknown) => {
    if (!stopping.signal.aborted && !(error instanceof TypeError)) throw error; // cut off by either side
  });
  const next = async (fits: (one: Seen) => boolean = () => true, within = 5_000): Promise<Seen> => {
    const patience = AbortSignal.timeout(within);
    for (;;) {
      while (taken < seen.length) {
        const one = seen[taken++]!;
        if (fits(one)) return one;
      }
      if (patience.aborted) throw new Error(`No such event came within ${within} ms; there came ${text}`);
      await Promise.race([changed.promise, new Promise((done) => setTimeout(done, 50))]);
    }
  };
  return {
    status: reply.status,
    headers: reply.headers,
    next,
    seen,
    text: () => text,
    ended,
    close: () => stopping.abort(),
  };
}

function parse(block: string): Seen[] {
  const fields = new Map(
    block
      .split('\n')
      .filter((line) => !line.startsWith(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const data = fields.get('data');
  if (data === undefined) return [];
  return [{ id: fields.get('id') ?? null, event: fields.get('event') ?? 'message', data: JSON.parse(data) }];
}
