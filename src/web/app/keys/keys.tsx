/**
 * Keys that do things. What is on screen says which keys it answers to and what they do; the help lists just those.
 * A key is what `KeyboardEvent.key` says, or two after one another ("g t"). Typing in a field is left alone.
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';

export type KeyAct = { key: string; does: string; run: () => void };

type Keys = { add: (acts: readonly KeyAct[]) => () => void; listed: () => readonly KeyAct[] };

const Context = createContext<Keys | null>(null);
const PAUSE = 900;

export function KeysProvider({ children }: { children: ReactNode }) {
  const layers = useRef<(readonly KeyAct[])[]>([]);
  const keys = useMemo<Keys>(
    () => ({
      add: (acts) => {
        layers.current.push(acts);
        return () => {
          layers.current = layers.current.filter((layer) => layer !== acts);
        };
      },
      listed: () => [...new Map(layers.current.flat().map((act) => [act.key, act])).values()],
    }),
    [],
  );
  useEffect(() => {
    let before = '';
    let since = 0;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
        return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]') && event.key !== '?') return;
      if ((event.key === 'Enter' || event.key === ' ') && isPressed(event.target)) return;
      const acts = layers.current.flat().reverse();
      const both = Date.now() - since < PAUSE ? `${before} ${event.key}` : event.key;
      const act = acts.find(({ key }) => key === both) ?? acts.find(({ key }) => key === event.key);
      before = event.key;
      since = Date.now();
      if (act === undefined) return;
      event.preventDefault();
      before = '';
      act.run();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return <Context value={keys}>{children}</Context>;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'textbox'
  );
}

/** What has the focus answers to Enter and Space itself. */
const isPressed = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('a, button, summary, [role="button"], [role="menuitem"]') !== null;

/** Answers to keys while this is on screen; what was mounted last comes first. */
export function useKeys(acts: readonly KeyAct[], enabled = true): void {
  const keys = useContext(Context)!;
  const latest = useRef(acts);
  latest.current = acts;
  const names = acts.map(({ key, does }) => `${key}\u0000${does}`).join('\u0001');
  useEffect(() => {
    if (!enabled || names === '') return undefined;
    const layer = names.split('\u0001').map((name) => {
      const [key, does] = name.split('\u0000') as [string, string];
      return { key, does, run: () => latest.current.find((act) => act.key === key)?.run() };
    });
    return keys.add(layer);
  }, [keys, names, enabled]);
}

/** The keys that do something here and now. */
export function useListedKeys(isOpen: boolean): readonly KeyAct[] {
  const keys = useContext(Context)!;
  const [listed, setListed] = useState<readonly KeyAct[]>([]);
  useEffect(() => {
    if (isOpen) setListed(keys.listed());
  }, [keys, isOpen]);
  return listed;
}
