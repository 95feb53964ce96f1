import { anybody, type Policy } from '#features/people/policy.ts';

/** A replay changes nothing for anybody: whoever may write drafts may have them replayed. */
export const backtestPolicy: Policy<'read' | 'begin' | 'open'> = {
  read: anybody('pacts:read'),
  begin: anybody('pacts:write'),
  open: anybody('leads:read'),
};
