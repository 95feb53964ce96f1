import { type Policy } from '#features/people/policy.ts';
/** What cannot be undone needs a manager's word; what is handed out, somebody who answers for it or a key made for it. */
export declare const personalDataPolicy: Policy<'erase' | 'export' | 'read_retention' | 'set_retention'>;
