/** Members of a workspace, how they are invited, and when they are away. */
import { z } from 'zod';
import { cursor, instant, nothing, page, party, uuid } from './parts.ts';
import { routeContract } from './route.ts';

export const rank = z.enum(['member', 'lead', 'manager']);
export const email = z.email().max(254);
export const personName = z.string().trim().min(1).max(200);
/** An IANA name. */
export const zone = z.string().max(64);

const member = z.strictObject({
  id: uuid,
  name: z.string(),
  email: z.string(),
  /** Null: the neutral facilitator. */
  party: party.nullable(),
  rank,
  zone: z.string().nullable(),
  invited_at: instant,
  joined_at: instant.nullable(),
  left_at: instant.nullable(),
});
export type Member = z.infer<typeof member>;

const absence = z.strictObject({
  id: uuid,
  from_at: instant,
  until_at: instant,
  note: z.string().nullable(),
});
export type Absence = z.infer<typeof absence>;

const aMember = z.strictObject({ member: uuid });
const anAbsence = aMember.extend({ absence: uuid });
const reading = { scope: 'members:read', status: 200, body: nothing } as const;
const writing = { scope: 'members:write', query: nothing } as const;

export const listMembers = routeContract({
  ...reading,
  method: 'GET',
  path: '/api/members',
  summary: 'The members of the workspace, those who left included',
  params: nothing,
  query: z.strictObject({
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: page(member),
});

export const showMember = routeContract({
  ...reading,
  method: 'GET',
  path: '/api/members/:member',
  summary: 'One member',
  params: aMember,
  query: nothing,
  reply: member,
});

export const inviteMember = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/members',
  summary: 'Invite a person, by mail, to a party of the pact or as the facilitator',
  params: nothing,
  body: z.strictObject({
    name: personName,
    email,
    party: party.nullable(),
    rank: rank.default('member'),
    zone: zone.nullable().default(null),
  }),
  reply: z.strictObject({
    member,
    /** To be handed over by hand; null where mail is sent. */
    link: z.string().nullable(),
  }),
  status: 201,
  shownOnce: true,
});

export const inviteAgain = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/members/:member/invitations',
  summary: 'Invite a member again who has not joined; what was sent before is void',
  params: aMember,
  body: nothing,
  reply: inviteMember.reply,
  status: 201,
  shownOnce: true,
});

export const changeMember = routeContract({
  ...writing,
  method: 'PATCH',
  path: '/api/members/:member',
  summary: 'Change what a member is called, or where they stand',
  params: aMember,
  body: z.strictObject({
    name: personName.optional(),
    party: party.nullable().optional(),
    rank: rank.optional(),
    zone: zone.nullable().optional(),
  }),
  reply: member,
  status: 200,
});

export const removeMember = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/members/:member/departure',
  summary: 'A member leaves: from now on they see nothing here, and get no handoffs',
  params: aMember,
  body: nothing,
  reply: member,
  status: 201,
});

export const listAbsences = routeContract({
  ...reading,
  method: 'GET',
  path: '/api/members/:member/absences',
  summary: 'When a member takes no handoffs, from now on',
  params: aMember,
  query: nothing,
  reply: z.strictObject({ items: z.array(absence) }),
});

export const addAbsence = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/members/:member/absences',
  summary: 'Say when a member takes no handoffs',
  params: aMember,
  body: z.strictObject({
    from_at: instant,
    until_at: instant,
    note: z.string().max(500).nullable().default(null),
  }),
  reply: absence,
  status: 201,
});

export const removeAbsence = routeContract({
  ...writing,
  method: 'DELETE',
  path: '/api/members/:member/absences/:absence',
  summary: 'A member is there after all',
  params: anAbsence,
  body: nothing,
  reply: nothing,
  status: 200,
});
