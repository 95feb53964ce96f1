import { aMember, anybody, isSenior, type Policy } from './policy.ts';

/** Who is in the workspace and where they stand is a manager's to say; everybody says for themselves when they are away. */
export const memberPolicy: Policy<'read' | 'manage' | 'say_absent' | 'say_own_absent'> = {
  read: anybody('members:read'),
  manage: aMember(({ rank }) => rank === 'manager'),
  say_absent: aMember(isSenior),
  say_own_absent: aMember(),
};
