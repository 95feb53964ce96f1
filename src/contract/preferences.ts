/** How somebody likes to see things, and what they want to be told of. */
import { z } from 'zod';
import { nothing } from './parts.ts';
import { routeContract } from './route.ts';

const notice = z.enum([
  'handoff',
  'reminder',
  'return',
  'dispute',
  'mention',
  'duty',
  'version',
  'review',
  'digest',
]);

const preferences = z.strictObject({
  /** A BCP 47 language tag; null: as the browser says. */
  locale: z.string().max(35).nullable(),
  /** An IANA zone; null: the member's or the workspace's. */
  zone: z.string().max(100).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  /** What mail is sent of; what is left out is sent. */
  mail: z.partialRecord(notice, z.boolean()),
});
export type Preferences = z.infer<typeof preferences>;

const shared = { path: '/api/preferences', params: nothing, query: nothing, status: 200 } as const;

export const showPreferences = routeContract({
  ...shared,
  method: 'GET',
  summary: 'How you like to see things, and what you want to be told of',
  scope: 'preferences:read',
  body: nothing,
  reply: preferences,
});

export const changePreferences = routeContract({
  ...shared,
  method: 'PUT',
  summary: 'Say how you like to see things',
  scope: 'preferences:write',
  body: preferences,
  reply: preferences,
});
