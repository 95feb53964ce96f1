/** Asks while a hand moves: one question at a time, the last one always, and what was answered stays until then. */
import { useEffect, useRef, useState } from 'react';
import { previewBacktest } from '#contract/backtests.ts';
import { type Answer, call } from '../../../app/api/call.ts';

export type Preview = Answer<typeof previewBacktest>;
export type Moves = Readonly<Record<string, number>>;

type Asked = { pact: string; number: number; moves: Moves };

/** @param digest of the version's text: another text is asked for anew */
export function usePreview({ pact, number, digest, moves }: Asked & { digest: string }) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  const next = useRef<Asked | null>(null);
  const isAsking = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text of the same version is another question.
  useEffect(() => {
    next.current = { pact, number, moves };
    if (isAsking.current) return;
    isAsking.current = true;
    setBusy(true);
    void (async () => {
      while (next.current !== null) {
        const { moves: moved, ...which } = next.current;
        next.current = null;
        const thresholds = Object.entries(moved).map(([path, value]) => ({ path, value }));
        try {
          setPreview(await call(previewBacktest, { body: { ...which, thresholds } }));
          setError(null);
        } catch (failure) {
          setError(failure as Error);
        }
      }
      isAsking.current = false;
      setBusy(false);
    })();
  }, [pact, number, digest, moves]);
  return { preview, error, isBusy };
}
