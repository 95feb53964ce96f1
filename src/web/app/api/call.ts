/** One question to the server, typed by its contract. */
import type { z } from 'zod';
import type { DoorContract } from '#contract/door.ts';
import type { Problem } from '#contract/problem.ts';
import type { RouteContract } from '#contract/route.ts';
import { heard, unheard } from './reach.ts';

/** The server's refusal, in its own words. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  /** Each place of the request that is at fault. */
  readonly errors: Problem['errors'];
  readonly requestId: string | null;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? `The server answered with status ${status}.`);
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? null;
  }
}

/** Nobody answered: the network or the server is away. */
export class Away extends Error {
  override readonly name = 'Away';
}

export type Asked<C extends RouteContract> = {
  params?: z.input<C['params']>;
  query?: z.input<C['query']>;
  body?: z.input<C['body']>;
};

export type Answer<C extends { reply: z.ZodType }> = z.output<C['reply']>;

export type Errand = {
  method: string;
  url: string;
  body?: unknown;
  /** The same for each attempt at the same act, so that it is done once. */
  key?: string;
  ifMatch?: string;
  signal?: AbortSignal;
};

/** @throws Refusal, Away */
export const call = <C extends RouteContract>(
  contract: C,
  asked: Asked<C>,
  more: Pick<Errand, 'key' | 'ifMatch' | 'signal'> = {},
): Promise<Answer<C>> =>
  send({ method: contract.method, url: urlOf(contract, asked), body: asked.body, ...more }) as Promise<
    Answer<C>
  >;

/** A question of somebody who is not in a workspace, or not yet. @throws Refusal, Away */
export const knock = <C extends DoorContract>(contract: C, body?: z.input<C['body']>): Promise<Answer<C>> =>
  send({ method: contract.method, url: contract.path, body }) as Promise<Answer<C>>;

export function urlOf<C extends RouteContract>({ path }: C, { params, query }: Asked<C>): string {
  const values = (params ?? {}) as Record<string, unknown>;
  const url = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? url : `${url}?${search}`;
}

export async function send({ method, url, body, key, ifMatch, signal }: Errand): Promise<unknown> {
  // A file goes as it is.
  const isFile = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': isFile ? 'text/csv' : 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    unheard();
    throw new Away('Leadpact cannot be reached.', { cause: error });
  }
  if ([502, 503, 504].includes(response.status)) {
    unheard();
    throw new Away('Leadpact is not answering just now.');
  }
  heard();
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer as Partial<Problem>);
  return answer;
}
