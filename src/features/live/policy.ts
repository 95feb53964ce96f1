import { anybody, type Policy } from '#features/people/policy.ts';

/** That something happened is for everybody of the workspace; what it was is asked for where it is guarded. */
export const livePolicy: Policy<'watch'> = { watch: anybody('events:read') };
