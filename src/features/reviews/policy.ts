import { aMember, anybody, isSenior, type Policy } from '#features/people/policy.ts';

export const reviewPolicy: Policy<'read' | 'study' | 'call' | 'decide' | 'finish' | 'draft' | 'close'> = {
  read: anybody('reviews:read'),
  // It changes nothing for anybody.
  study: anybody('reviews:write'),
  call: aMember(isSenior),
  decide: aMember(isSenior),
  // Whoever sees to it, or a senior: see there.
  finish: aMember(),
  draft: aMember(),
  close: aMember(isSenior),
};
