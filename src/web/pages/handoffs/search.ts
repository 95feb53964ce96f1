/** What the list of handoffs is asked for, as it stands in the address: what the API takes, one text each. */
import type { z } from 'zod';
import type { listHandoffs } from '#contract/handoffs.ts';

export type HandoffQuery = z.input<typeof listHandoffs.query>;

export const handoffFilters = [
  'standing',
  'late',
  'tier',
  'owner',
  'queue',
  'reason',
  'clause',
  'dispute',
  'lapse',
  'answer',
  'compliant',
  'held',
  'due_until',
  'offered_from',
  'offered_until',
  'answered_from',
  'answered_until',
  'decided_from',
  'decided_until',
  'lead',
  'pact',
  'version',
] as const;

export const handoffSearchNames = ['scope', 'sort', ...handoffFilters] as const;

export type HandoffSearch = Partial<Record<(typeof handoffSearchNames)[number], string>>;
