import { useState } from 'react';
import { Refusal } from '../../../app/api/call.ts';
import { wordsOf } from '../../../app/api/queries.ts';

/** What is at fault with what was filled in: said in the form, where it can be put right. */
export function useFault() {
  const [fault, setFault] = useState<string | null>(null);
  const take = (error: Error): boolean => {
    if (!(error instanceof Refusal) || (error.status !== 422 && error.status !== 400)) return false;
    setFault(wordsOf(error));
    return true;
  };
  return { fault, take, clear: () => setFault(null) };
}
