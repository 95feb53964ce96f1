/** What people do: shown at once, sent with a key so that it is done once, kept when nobody answers, undone for ten seconds. */
import { notifications } from '@mantine/notifications';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { RouteContract } from '#contract/route.ts';
import { type Answer, type Asked, Away, call, urlOf } from './call.ts';
import { keepForLater } from './outbox.ts';
import { wordsOf } from './queries.ts';
import { sayUndo } from './undo.tsx';

export type Act<C extends RouteContract> = {
  /** What was done, in words for a notice; nothing is said when it is left out. */
  said?: (asked: Asked<C>, answer: Answer<C>) => string;
  /** How to undo it, while that is possible. */
  undo?: (asked: Asked<C>, answer: Answer<C>) => Promise<unknown>;
  /** Shows it before the server has answered. What it changed is asked for anew if the server refuses. */
  show?: (queries: QueryClient, asked: Asked<C>) => void;
  /** Paths of questions whose answers it changes; they are asked anew. */
  changes: readonly string[];
  done?: (answer: Answer<C>) => void;
  /** Handles a refusal itself, in the form that caused it; true when it did. */
  refused?: (error: Error, asked: Asked<C>) => boolean;
};

export function useAct<C extends RouteContract>(contract: C, act: Act<C>) {
  const queries = useQueryClient();
  const renew = () =>
    queries.invalidateQueries({ predicate: ({ queryKey: [path] }) => concerns(act.changes, String(path)) });
  return useMutation<Answer<C>, Error, Asked<C>>({
    mutationFn: async (asked) => {
      const key = crypto.randomUUID();
      try {
        return await call(contract, asked, contract.method === 'POST' ? { key } : {});
      } catch (error) {
        if (error instanceof Away && contract.method === 'POST') {
          keepForLater({
            method: contract.method,
            url: urlOf(contract, asked),
            body: asked.body,
            key,
            summary: contract.summary,
          });
        }
        throw error;
      }
    },
    onMutate: (asked) => act.show?.(queries, asked),
    onSuccess: (answer, asked) => {
      const said = act.said?.(asked, answer);
      if (said !== undefined) {
        const undo = act.undo;
        if (undo) sayUndo(said, () => undo(asked, answer).then(renew));
        else notifications.show({ message: said, autoClose: 4_000 });
      }
      act.done?.(answer);
    },
    onError: (error, asked) => {
      if (act.refused?.(error, asked)) return;
      const kept = error instanceof Away && contract.method === 'POST';
      notifications.show({
        color: kept ? 'yellow' : 'red',
        title: kept ? 'Kept, not sent yet' : 'Not done',
        message: kept ? 'Leadpact cannot be reached. This is sent as soon as it can be.' : wordsOf(error),
        autoClose: kept ? 6_000 : 12_000,
      });
    },
    onSettled: renew,
  });
}

/** Whether a question is about something that changed: its path begins with one that is named. */
export const concerns = (changed: readonly string[], path: string): boolean =>
  changed.some((one) => path === one || path.startsWith(`${one}/`));
