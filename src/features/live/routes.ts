import * as contract from '#contract/live.ts';
import { allow } from '#features/people/policy.ts';
import { type Route, serve } from '#features/serve.ts';
import type { Live } from './live.ts';
import { livePolicy } from './policy.ts';

export const liveRoutes = ({ open }: Pick<Live, 'open'>): readonly Route[] => [
  serve(contract.watchEvents, (_, caller, { watcher }) => {
    allow(livePolicy, 'watch', caller);
    return open(caller, watcher ?? { lastEventId: null, mayStay: async () => true });
  }),
];
