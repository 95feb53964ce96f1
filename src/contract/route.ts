/** What a route takes and answers, said once: requests and answers are held to it, and OpenAPI is written from it. */
import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an API key must carry to call it: a noun, and whether it only looks. */
type Scope = `${string}:read` | `${string}:write`;

export type RouteContract<
  Params extends z.ZodType = z.ZodType,
  Search extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  method: Method;
  /** With `:name` where a parameter stands. */
  path: `/api/${string}`;
  /** One line for the human page. */
  summary: string;
  scope: Scope;
  params: Params;
  query: Search;
  body: Body;
  reply: Reply;
  /** The status of a good answer. */
  status: 200 | 201;
  /** The answer holds a secret that is shown this once: it is not kept for when the request is repeated. */
  shownOnce?: true;
  /** The answer is a file, written piece by piece: the reply is its pieces. */
  file?: { type: string; name: string };
  /** The answer does not end: events of this shape, one after the other (text/event-stream). */
  events?: z.ZodType;
  /** The body is a file of whatever type is said, read as it comes in: then `body` is its bytes. */
  upload?: { type: string };
};

/** Keeps a contract's own types. */
export const routeContract = <
  P extends z.ZodType,
  S extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  contract: RouteContract<P, S, B, R>,
): RouteContract<P, S, B, R> => contract;
