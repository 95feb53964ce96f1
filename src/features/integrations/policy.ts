import { anybody, isSenior, type Policy } from '#features/people/policy.ts';

export const webhookPolicy: Policy<'read' | 'change'> = {
  read: anybody('webhooks:read'),
  change: (caller) => (caller.kind === 'key' ? caller.scopes.includes('webhooks:write') : isSenior(caller)),
};
