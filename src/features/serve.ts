/** A route: its contract, and what answers. The same for a web server and for anything else that wants to call it. */
import type { z } from 'zod';
import type { RouteContract } from '#contract/route.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { Watcher } from './live/live.ts';
import type { Letters } from './people/letters.ts';
import { type Caller, scopesOf } from './people/policy.ts';

/** What the house lends to whoever answers. */
export type House = { database: Database; clock: Clock; letters: Letters };

/** What was asked, as it came in. `ifMatch` is the header: which state the caller has read. */
export type Asked = {
  params: unknown;
  query: unknown;
  body: unknown;
  ifMatch: string | null;
  /** Who reads on, where the answer does not end. */
  watcher?: Watcher;
};

export type Route = RouteContract & {
  /** Holds what was asked and what is answered to the contract. @throws HttpProblem */
  answer: (house: House, caller: Caller, asked: Asked) => Promise<unknown>;
};

type Handle<P extends z.ZodType, S extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = (
  house: House,
  caller: Caller,
  asked: {
    params: z.infer<P>;
    query: z.infer<S>;
    body: z.infer<B>;
    ifMatch: string | null;
    watcher?: Watcher;
  },
) => Promise<z.input<R>>;

export function serve<P extends z.ZodType, S extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  contract: RouteContract<P, S, B, R>,
  handle: Handle<P, S, B, R>,
): Route {
  return {
    ...contract,
    answer: async (house, caller, { params, query, body, ifMatch, watcher }) => {
      const scopes = scopesOf(caller);
      if (scopes !== null && !scopes.includes(contract.scope))
        throw new HttpProblem(
          403,
          'scope',
          `This API key may not do this: it lacks the scope ${contract.scope}.`,
        );
      const reply = await handle(house, caller, {
        params: read(contract.params, params ?? {}, 'path'),
        query: read(contract.query, query ?? {}, 'query'),
        body: read(contract.body, body ?? {}, 'body'),
        ifMatch,
        ...(watcher && { watcher }),
      });
      return contract.reply.parse(reply);
    },
  };
}

/** Holds a part of what was asked to its schema. @throws HttpProblem with each place at fault. */
export function read<S extends z.ZodType>(schema: S, given: unknown, place: string): z.infer<S> {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const errors = error.issues.map(({ path, message }) => ({ path: [place, ...path].join('.'), message }));
  // What cannot be an id is the id of nothing.
  if (place === 'path')
    throw new HttpProblem(404, 'not_found', 'There is nothing of that name here.', { errors });
  throw new HttpProblem(400, 'invalid', 'The request is not as it should be: see "errors".', { errors });
}
