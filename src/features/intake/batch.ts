import { readInstant } from '#engine/criterion/value.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { objectIn } from '#features/intake/campaign.ts';
import { type EventType, eventTypes } from '#features/intake/event.ts';

/** The events of one request, as they came, with what is said for all of them merged into each. */
export type Batch = {
  events: unknown[];
  /** When the client says it sent the request. */
  sentAt: Instant | null;
};

/**
 * What path a request came by decides little: a body with a list in `batch` is a batch, whatever the path, and the path
 * of a type stands for a `type` that the body does not have to repeat. So a path that we do not know loses nothing.
 * @param path what follows /v1/
 */
export function readBatch(body: Record<string, unknown>, path: string): Batch {
  const sentAt = timeIn(body.sentAt);
  if (Array.isArray(body.batch)) {
    const events = body.batch.map((event: unknown) => withCommon(event, body));
    return { events, sentAt: sentAt ?? timeIn(objectIn(events[0]).sentAt) };
  }
  const { writeKey: _, ...event } = body;
  return { events: [{ ...event, type: typeOfPath(path) ?? body.type }], sentAt };
}

const shortPaths: Record<string, EventType> = {
  i: 'identify',
  t: 'track',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
};

const typeOfPath = (path: string): EventType | null =>
  eventTypes.find((type) => type === path) ?? (Object.hasOwn(shortPaths, path) ? shortPaths[path]! : null);

function withCommon(event: unknown, { context, integrations }: Record<string, unknown>): unknown {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  if (context === undefined && integrations === undefined) return event;
  const own = event as Record<string, unknown>;
  return {
    ...own,
    ...(context !== undefined && { context: { ...objectIn(context), ...objectIn(own.context) } }),
    ...(integrations !== undefined && {
      integrations: { ...objectIn(integrations), ...objectIn(own.integrations) },
    }),
  };
}

const timeIn = (raw: unknown): Instant | null => (typeof raw === 'string' ? readInstant(raw.trim()) : null);
