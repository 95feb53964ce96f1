import { aMember, anybody, isSenior, type Policy } from '#features/people/policy.ts';

/** What cannot be undone needs a manager's word; what is handed out, somebody who answers for it or a key made for it. */
export const personalDataPolicy: Policy<'erase' | 'export' | 'read_retention' | 'set_retention'> = {
  erase: aMember(({ rank }) => rank === 'manager'),
  export: (caller) => (caller.kind === 'key' ? anybody('leads:read')(caller) : isSenior(caller)),
  read_retention: anybody('workspace:read'),
  set_retention: aMember(({ rank }) => rank === 'manager'),
};
