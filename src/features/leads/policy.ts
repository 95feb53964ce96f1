import { aMember, anybody, type Policy } from '#features/people/policy.ts';

/** Nothing about a lead is hidden from either party: that is what the product is for. */
export const leadPolicy: Policy<'read' | 'read_handoffs' | 'merge' | 'judge'> = {
  read: anybody('leads:read'),
  read_handoffs: anybody('handoffs:read'),
  merge: aMember(),
  judge: aMember(),
};
