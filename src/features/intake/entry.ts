import { hash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import type { Instant } from '#engine/facts/facts.ts';
import { activityOf } from '#features/intake/activity.ts';
import type { Batch } from '#features/intake/batch.ts';
import { cleanText } from '#features/intake/clean.ts';
import { type Event, judgeEvent, type Refusal } from '#features/intake/event.ts';
import { sightingOf } from '#features/intake/sighting.ts';
import type { WriteKey } from '#features/intake/write-keys.ts';
import type { Sighting } from '#features/leads/identity/identity.ts';
import { messageKey, newId } from '#platform/ids.ts';

/** An event that was found fit, in the form it is stored in. */
export type Entry = {
  /** Its place in the request. */
  index: number;
  messageId: string | null;
  /** By which the message is known again. */
  key: string;
  /** Digest of what it says: 32 hexadecimal digits. The same message, sent again, says the same. */
  body: string;
  sighting: Sighting;
  activity: { type: string; properties: string; context: string | null } | null;
  raw: unknown;
};

/** Why an event waits in quarantine. */
export type QuarantineReason = Refusal | 'message_id_conflict' | 'not_storable' | 'too_many_refused';

/** An event that was refused, and its text. */
export type Refused = {
  index: number;
  messageId: string | null;
  code: QuarantineReason;
  detail: string;
  body: string;
};

/** So many refusals of one request are told and kept one by one; what is beyond, together. */
const MOST_REFUSED = 1_000;
/** A long batch is judged a slice at a time, so that other requests get their turn. */
const SLICE = 256;

/** Judges each event of a batch alone. */
export async function readEntries(
  { events, sentAt }: Batch,
  trust: WriteKey['trust'],
  receivedAt: Instant,
): Promise<{ entries: Entry[]; refused: Refused[] }> {
  const entries: Entry[] = [];
  const refused: Refused[] = [];
  const beyond: { index: number; raw: unknown }[] = [];
  for (const [index, raw] of events.entries()) {
    if (index % SLICE === SLICE - 1) await pause();
    const judged = judgeEvent(raw, { receivedAt, sentAt, trust });
    if ('event' in judged) entries.push(entryOf(index, raw, judged.event, trust, receivedAt));
    else if (refused.length < MOST_REFUSED) {
      refused.push(refusedEvent(index, raw, judged.refused, judged.detail));
    } else beyond.push({ index, raw });
  }
  if (beyond.length > 0) {
    refused.push({
      index: beyond[0]!.index,
      messageId: null,
      code: 'too_many_refused',
      detail: `${beyond.length} more events of this request were refused from here on; they are kept together`,
      body: textOf(beyond.map(({ raw }) => raw)),
    });
  }
  return { entries, refused };
}

export function refusedEvent(index: number, raw: unknown, code: QuarantineReason, detail: string): Refused {
  return { index, messageId: messageIdIn(raw), code, detail, body: textOf(raw) };
}

function entryOf(
  index: number,
  raw: unknown,
  event: Event,
  trust: WriteKey['trust'],
  receivedAt: Instant,
): Entry {
  const { messageId, type, userId, anonymousId, previousId, groupId, name, traits } = event;
  const activity = activityOf(event);
  const properties = activity === null ? '{}' : JSON.stringify(activity.properties);
  const said = JSON.stringify([type, userId, anonymousId, previousId, groupId, name, traits]);
  return {
    index,
    messageId,
    key: messageId === null ? newId(receivedAt) : messageKey(messageId),
    body: hash('sha256', said + properties).slice(0, 32),
    sighting: sightingOf(event, trust),
    activity: activity && {
      type: activity.type,
      properties,
      context: activity.context && JSON.stringify(activity.context),
    },
    raw,
  };
}

const LONGEST_ID = 512;

function messageIdIn(raw: unknown): string | null {
  const id = typeof raw === 'object' && raw !== null && 'messageId' in raw ? raw.messageId : null;
  return typeof id === 'string' ? cleanText(id).slice(0, LONGEST_ID) : null;
}

/** An event as text. One that is nested too deeply even for that is kept as much as can be said of it. */
function textOf(raw: unknown): string {
  try {
    return JSON.stringify(raw) ?? 'null';
  } catch (error) {
    if (error instanceof RangeError) return '{}';
    throw error;
  }
}
