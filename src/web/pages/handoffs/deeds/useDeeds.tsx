/** What somebody asks to be done with a handoff: done at once, or asked for by its form. */
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { acceptHandoff, acknowledgeLapse, releaseHandoff } from '#contract/handoffs.ts';
import type { Deed } from '../may.ts';
import { useHandoffAct } from '../useHandoffAct.ts';
import { leadName } from '../words.ts';
import type { DeedWithForm } from './deeds.ts';

const fetchDialog = () => import('./DeedDialog.tsx');
/** The forms are not needed to show a screen: they come when it is shown, before anybody asks for one. */
const DeedDialog = lazy(async () => ({ default: (await fetchDialog()).DeedDialog }));
const SHOWN = 1_000;

/** As much as has to be known of it. */
type Doable = { id: string; revision?: number; lead: { name: string | null; email: string | null } };

type Deeds = {
  run: (deed: Deed, handoff: Doable) => void;
  /** The form that is open, if one is; stands anywhere on the screen. */
  dialog: ReactNode;
  busy: boolean;
};

export function useDeeds(): Deeds {
  const [asked, setAsked] = useState<{ deed: DeedWithForm; id: string } | null>(null);
  // Once there, it stays: it gives the focus back to where it was opened from.
  const [hasAsked, setHasAsked] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => void fetchDialog(), SHOWN);
    return () => clearTimeout(timer);
  }, []);
  // What each is called: it is said once it is done, by when others may be under way.
  const names = useRef(new Map<string, string>());
  const nameIn = ({ params }: { params?: { id: string } }): string =>
    names.current.get(params?.id ?? '') ?? '';
  const accept = useHandoffAct(acceptHandoff, {
    said: (asked) => `Accepted: ${nameIn(asked)}.`,
    undo: 'acceptance',
    to: (member) => ({ standing: 'accepted', owner: member }),
  });
  const acknowledge = useHandoffAct(acknowledgeLapse, { said: (asked) => `Noted: ${nameIn(asked)}.` });
  const release = useHandoffAct(releaseHandoff, {
    said: (asked) => `The hold is over: ${nameIn(asked)}.`,
  });
  const atOnce: Record<Exclude<Deed, DeedWithForm>, (handoff: Doable) => void> = {
    accept: ({ id, revision }) => accept.mutate({ params: { id }, body: { revision } }),
    acknowledge: ({ id }) => acknowledge.mutate({ params: { id } }),
    release: ({ id }) => release.mutate({ params: { id } }),
  };
  const run = (deed: Deed, handoff: Doable): void => {
    names.current.set(handoff.id, leadName(handoff.lead));
    if (isAtOnce(deed)) atOnce[deed](handoff);
    else {
      setHasAsked(true);
      setAsked({ deed, id: handoff.id });
    }
  };
  return {
    run,
    dialog: <Suspense>{hasAsked && <DeedDialog asked={asked} onClose={() => setAsked(null)} />}</Suspense>,
    busy: accept.isPending || acknowledge.isPending || release.isPending,
  };
}

const isAtOnce = (deed: Deed): deed is Exclude<Deed, DeedWithForm> =>
  deed === 'accept' || deed === 'acknowledge' || deed === 'release';
