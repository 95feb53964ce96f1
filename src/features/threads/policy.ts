import { aMember, anybody, type Policy } from '#features/people/policy.ts';

/** Threads are for both parties and the facilitator alike. */
export const threadPolicy: Policy<'read' | 'write'> = {
  read: anybody('threads:read'),
  write: aMember(),
};
