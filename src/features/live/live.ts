/** Who watches what happens, and how many may. */
import { type Caller, nameOfCaller } from '#features/people/policy.ts';
import type { Database } from '#platform/db/database.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { Feed } from './feed.ts';
import { EventStream, PACE, type Pace } from './stream.ts';

const MOST_EACH = 12;
const MOST = 2_000;

/** One who wants to watch: what they saw last, and whether they may still see it, asked from time to time. */
export type Watcher = { lastEventId: string | null; mayStay: () => Promise<boolean> };

export type Live = {
  /** Begins to watch. @throws HttpProblem 429 when there are too many */
  open: (caller: Caller, watcher: Watcher) => Promise<AsyncIterable<string>>;
  /** Ends every stream, and takes no more. */
  close: () => void;
};

export function openLive(database: Pick<Database, 'listen'>, pace: Pace = PACE): Live {
  const feed = new Feed(database);
  const open = new Map<EventStream, string>();
  let closed = false;

  return {
    open: async (caller, { lastEventId, mayStay }) => {
      const name = nameOfCaller(caller);
      if (closed) throw tooMany('This process is being stopped');
      const own = open.values().filter((one) => one === name);
      if ([...own].length >= MOST_EACH) throw tooMany(`You have ${MOST_EACH} streams open already`);
      if (open.size >= MOST) throw tooMany('Too many watch already');
      const stream = new EventStream(pace, mayStay);
      open.set(stream, name);
      const { missed, end } = await feed
        .watch(caller.workspace, stream.tell, lastEventId)
        .catch((error: unknown) => {
          open.delete(stream);
          throw error;
        });
      for (const told of missed ?? [null]) stream.tell(told);
      const leave = () => {
        end();
        open.delete(stream);
      };
      return read(stream, leave);
    },
    close: () => {
      closed = true;
      for (const stream of open.keys()) stream.end();
    },
  };
}

/** The text of a stream. However its reader ends, and be it before the first word, it is left. */
const read = (stream: EventStream, leave: () => void): AsyncIterable<string> => ({
  [Symbol.asyncIterator]: () => {
    const text = stream.text();
    return {
      next: async () => {
        const step = await text.next();
        if (step.done) leave();
        return step;
      },
      return: async () => {
        stream.end();
        leave();
        return { done: true, value: undefined };
      },
    };
  },
});

const tooMany = (why: string): HttpProblem =>
  new HttpProblem(429, 'too_many_streams', `${why}. Close one, or come back in a while.`, { retryAfter: 5 });
