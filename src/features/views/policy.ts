import { aMember, type Policy } from '#features/people/policy.ts';

/** Views are people's: a program has no list of its own to look at. */
export const viewPolicy: Policy<'read' | 'write'> = { read: aMember(), write: aMember() };
