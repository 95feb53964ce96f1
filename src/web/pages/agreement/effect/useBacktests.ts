import { useEffect } from 'react';
import { listBacktests } from '#contract/backtests.ts';
import { useAsk } from '../../../app/api/queries.ts';

/** How often it is asked how far a replay has come. */
const EVERY = 800;

/** The last replay of each version; followed closely while one is under way. */
export function useBacktests(pact: string) {
  const backtests = useAsk(listBacktests, { params: { pact } });
  const isUnderWay =
    backtests.data?.items.some(({ state }) => state === 'waiting' || state === 'running') ?? false;
  const { refetch } = backtests;
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setInterval(() => void refetch(), EVERY);
    return () => clearInterval(timer);
  }, [isUnderWay, refetch]);
  return backtests;
}
