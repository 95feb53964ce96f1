import { anybody, isSenior, type Policy } from '#features/people/policy.ts';

/** What was refused is everybody's to see; what becomes of it, leads', managers' and the facilitator's to say. */
export const quarantinePolicy: Policy<'read' | 'end'> = {
  read: anybody('quarantine:read'),
  end: (caller) => (caller.kind === 'key' ? caller.scopes.includes('quarantine:write') : isSenior(caller)),
};
