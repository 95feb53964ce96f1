/** The demo workspace: the example company, for a look around before anything is set up. */
import { z } from 'zod';
import { doorContract } from './door.ts';
import { nothing, party, uuid } from './parts.ts';
import { rank } from './people.ts';

const demo = z.strictObject({
  /** `none`: nobody asked for it yet. `closed`: it is there, and nobody may visit it any more. */
  state: z.enum(['none', 'building', 'ready', 'failed', 'closed']),
  /** Whether whoever asks may have it built or visit it: until the installation is set up. */
  open: z.boolean(),
  /** 0 … 1. */
  progress: z.number(),
  /** Why it could not be built. */
  error: z.string().nullable(),
  workspace: uuid.nullable(),
  /** As whom it can be visited. */
  members: z.array(
    z.strictObject({ id: uuid, name: z.string(), party: party.nullable(), rank, about: z.string() }),
  ),
});
export type Demo = z.infer<typeof demo>;

export const showDemo = doorContract({
  method: 'GET',
  path: '/api/demo',
  summary: 'Whether there is a demo company to look around in, how far it is, and as whom to visit it',
  body: nothing,
  reply: demo,
  status: 200,
});

export const makeDemo = doorContract({
  method: 'POST',
  path: '/api/demo',
  summary:
    'Build the demo company, in the background; while nobody has set the installation up, or with the token',
  body: z.strictObject({ token: z.string().max(1_000).optional() }),
  reply: demo,
  status: 201,
});

export const visitDemo = doorContract({
  method: 'POST',
  path: '/api/demo/session',
  summary: 'Enter the demo company as one of its members; never a real workspace',
  body: z.strictObject({ member: uuid }),
  reply: z.strictObject({ workspace: uuid, member: uuid }),
  status: 201,
});
