/** A text that several people may write: one's own changes are kept in this browser, over the revision they began with. */
import { useEffect, useState } from 'react';

type Written = { text: string; revision: number };

export type Writing = {
  text: string;
  write: (text: string) => void;
  /** Whether something is not saved yet. */
  isDirty: boolean;
  /** Whether somebody else saved since these changes began. */
  isBehind: boolean;
  /** The revision they began with. */
  revision: number;
  /** What is written here was saved as that revision; or is to go over it. */
  settle: (revision: number) => void;
  /** Lets one's own changes go. */
  drop: () => void;
};

const PLACE = 'leadpact.typed.';

export function useWriting(name: string, saved: Written): Writing {
  const place = PLACE + name;
  const [own, setOwn] = useState<Written | null>(() => read(place));
  const isDirty = own !== null && own.text !== saved.text;
  useEffect(() => {
    if (isDirty) localStorage.setItem(place, JSON.stringify(own));
    else localStorage.removeItem(place);
  }, [place, own, isDirty]);
  const revision = isDirty ? own.revision : saved.revision;
  return {
    text: isDirty ? own.text : saved.text,
    write: (text) => setOwn({ text, revision }),
    isDirty,
    isBehind: isDirty && saved.revision > own.revision,
    revision,
    settle: (next) => setOwn((before) => (before === null ? null : { ...before, revision: next })),
    drop: () => setOwn(null),
  };
}

function read(place: string): Written | null {
  try {
    const { text, revision } = JSON.parse(localStorage.getItem(place) ?? 'null') as Partial<Written>;
    return typeof text === 'string' && typeof revision === 'number' ? { text, revision } : null;
  } catch {
    return null; // Nothing of ours is kept there.
  }
}
