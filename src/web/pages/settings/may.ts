import type { Me } from '../../app/session.tsx';

/** Leads and managers of either party, and the facilitator. */
export const isSenior = ({ rank, party }: Pick<Me, 'rank' | 'party'>): boolean =>
  rank !== 'member' || party === null;
