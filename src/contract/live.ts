/** What happens in the workspace, told as it happens, to whoever keeps a connection open. */
import { z } from 'zod';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

/** That something happened, and to what: whoever may read the thing reads it again. */
const liveEvent = z.strictObject({
  /** Noun and verb, as in the journal: handoff.accepted. */
  kind: z.string(),
  /** What kind of thing it happened to, and its id. */
  subject: z.string(),
  id: z.string(),
  at: instant,
  /** The member or key who did it; null when nobody did. */
  by: uuid.nullable(),
  /** The lead it is about, where it is about one. */
  lead: uuid.nullable(),
});
export type LiveEvent = z.infer<typeof liveEvent>;

export const watchEvents = routeContract({
  method: 'GET',
  path: '/api/events',
  summary:
    'What happens in the workspace, within a second: a stream of events without their content. Begin again with Last-Event-ID; an event "resync" says that some were missed, and everything shown is to be read again',
  scope: 'events:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.custom<AsyncIterable<string>>(),
  status: 200,
  events: liveEvent,
});
