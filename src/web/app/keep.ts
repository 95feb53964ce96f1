/** What is being typed is kept in this browser until it was sent: a reload, a crash or a lost connection takes nothing. */
import { useCallback, useEffect, useState } from 'react';

const PLACE = 'leadpact.typed.';

/** Like `useState` for a text, under a name that says what it is for. The third says that it was sent. */
export function useKept(name: string, initial = ''): [string, (text: string) => void, () => void] {
  const place = PLACE + name;
  const [text, setText] = useState(() => localStorage.getItem(place) ?? initial);
  useEffect(() => setText(localStorage.getItem(place) ?? initial), [place, initial]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      if (next === '') localStorage.removeItem(place);
      else localStorage.setItem(place, next);
    },
    [place],
  );
  const sent = useCallback(() => {
    localStorage.removeItem(place);
    setText(initial);
  }, [place, initial]);
  return [text, write, sent];
}
