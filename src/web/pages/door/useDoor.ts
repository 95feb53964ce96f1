import { useState } from 'react';
import { wordsOf } from '../../app/api/queries.ts';

/** What is tried at a door, and why it failed the last time. */
export function useDoor(): { fault: string | null; attempt: (act: () => Promise<unknown>) => Promise<void> } {
  const [fault, setFault] = useState<string | null>(null);
  const attempt = async (act: () => Promise<unknown>): Promise<void> => {
    setFault(null);
    try {
      await act();
    } catch (error) {
      setFault(wordsOf(error));
    }
  };
  return { fault, attempt };
}

/** What a link carries after its `#`, where servers and logs do not see it. */
export const tokenOf = (hash: string): string => hash.replace(/^#/, '').replace(/^token=/, '');
