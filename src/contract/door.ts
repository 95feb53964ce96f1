/** Routes for whoever is not, or not yet, in a workspace: signing in and out, and how one gets in at all. */
import { z } from 'zod';
import { instant, nothing, party, uuid } from './parts.ts';
import { email, personName, rank, zone } from './people.ts';
import type { Method } from './route.ts';

export type DoorContract<Body extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> = {
  method: Method;
  path: `/api/${string}`;
  summary: string;
  body: Body;
  reply: Reply;
  status: 200 | 201;
};

export const doorContract = <B extends z.ZodType, R extends z.ZodType>(
  contract: DoorContract<B, R>,
): DoorContract<B, R> => contract;

/** A new password. One that is only tried may be of any length. */
const newPassword = z.string().min(10).max(128);
const password = z.string().max(1_000);
const code = z.string().max(100);

const standing = z.strictObject({
  person: z.strictObject({ id: uuid, name: z.string(), email: z.string(), second_factor: z.boolean() }),
  expires_at: instant,
  /** Where the person is a member; the first is entered unless the header Leadpact-Workspace says otherwise. */
  workspaces: z.array(
    z.strictObject({ id: uuid, name: z.string(), member: uuid, party: party.nullable(), rank }),
  ),
});
export type Standing = z.infer<typeof standing>;

const done = z.strictObject({ done: z.literal(true) });

export const showSetup = doorContract({
  method: 'GET',
  path: '/api/setup',
  summary: 'Whether this installation still waits for its first workspace',
  body: nothing,
  reply: z.strictObject({ open: z.boolean() }),
  status: 200,
});

export const setUp = doorContract({
  method: 'POST',
  path: '/api/setup',
  summary: 'Found the first workspace, with the token that was printed at start',
  body: z.strictObject({
    token: z.string().max(1_000),
    workspace: z.strictObject({ name: z.string().trim().min(1).max(200), zone: zone.default('UTC') }),
    person: z.strictObject({ name: personName, email, password: newPassword }),
  }),
  reply: z.strictObject({ workspace: uuid, member: uuid }),
  status: 201,
});

export const signIn = doorContract({
  method: 'POST',
  path: '/api/session',
  summary: 'Sign in with e-mail and password',
  body: z.strictObject({ email: z.string().max(254), password }),
  reply: z.strictObject({
    /** True: signed in once the second factor is given. */
    second_factor_wanted: z.boolean(),
  }),
  status: 201,
});

export const giveSecondFactor = doorContract({
  method: 'POST',
  path: '/api/session/second-factor',
  summary: 'Give the second factor: a code of the authenticator, or one of the backup codes',
  body: z.union([z.strictObject({ code }), z.strictObject({ backup_code: code })]),
  reply: done,
  status: 201,
});

export const showSession = doorContract({
  method: 'GET',
  path: '/api/session',
  summary: 'Who is signed in, and where they are a member',
  body: nothing,
  reply: standing,
  status: 200,
});

export const signOut = doorContract({
  method: 'DELETE',
  path: '/api/session',
  summary: 'Sign out',
  body: nothing,
  reply: done,
  status: 200,
});

export const changePassword = doorContract({
  method: 'PUT',
  path: '/api/session/password',
  summary: 'Change the password; every other session ends',
  body: z.strictObject({ current: password, password: newPassword }),
  reply: done,
  status: 200,
});

export const setUpSecondFactor = doorContract({
  method: 'POST',
  path: '/api/session/second-factor-setup',
  summary: 'Begin with a second factor: it counts once a code of it was given',
  body: z.strictObject({ password }),
  reply: z.strictObject({ uri: z.string(), backup_codes: z.array(z.string()) }),
  status: 201,
});

export const dropSecondFactor = doorContract({
  method: 'POST',
  path: '/api/session/second-factor-removal',
  summary: 'Do without a second factor from now on',
  body: z.strictObject({ password }),
  reply: done,
  status: 201,
});

export const joinWorkspace = doorContract({
  method: 'POST',
  path: '/api/invitations/acceptance',
  summary: 'Accept an invitation: with a new password, or the one of a person who is known here already',
  body: z.strictObject({ token: z.string().max(1_000), name: personName.optional(), password: newPassword }),
  reply: z.strictObject({ workspace: uuid, member: uuid }),
  status: 201,
});

export const askForReset = doorContract({
  method: 'POST',
  path: '/api/password-resets',
  summary: 'Ask for a mail with which to set a new password; the answer is the same whoever asks',
  body: z.strictObject({ email: z.string().max(254) }),
  reply: done,
  status: 201,
});

export const resetPassword = doorContract({
  method: 'POST',
  path: '/api/password-resets/completion',
  summary: 'Set a new password with the token of that mail; every session ends',
  body: z.strictObject({ token: z.string().max(1_000), password: newPassword }),
  reply: done,
  status: 201,
});
