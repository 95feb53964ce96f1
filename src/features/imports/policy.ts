import { anybody, isSenior, type Policy } from '#features/people/policy.ts';

/** What was imported is everybody's to see; leads, managers, the facilitator and programs made for it import. */
export const importPolicy: Policy<'read' | 'send'> = {
  read: anybody('imports:read'),
  send: (caller) => (caller.kind === 'key' ? caller.scopes.includes('imports:write') : isSenior(caller)),
};
