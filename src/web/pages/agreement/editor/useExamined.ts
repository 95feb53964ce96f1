import { useEffect, useState } from 'react';
import type { ExaminedText } from '#engine/pact/examine.ts';
import { ask } from './examiner.ts';

/** How long a hand rests before what it wrote is read. */
const REST = 80;

export type Examination = {
  /** What was said of the text read last; null until the first was. */
  examined: ExaminedText | null;
  /** Whether that is the text as it stands. */
  isCurrent: boolean;
};

/** What is to be said of a text, as it is written. */
export function useExamined(text: string): Examination {
  const [said, setSaid] = useState<{ text: string; examined: ExaminedText } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      void ask('examine', { text }).then((examined) => isWanted && setSaid({ text, examined }));
    }, REST);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return { examined: said?.examined ?? null, isCurrent: said?.text === text };
}
