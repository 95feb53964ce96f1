/** What people do with handoffs: shown at once, undone for ten seconds where that is possible, and never over others. */
import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { type HandoffSummary, undoAnswer } from '#contract/handoffs.ts';
import type { RouteContract } from '#contract/route.ts';
import { useAct } from '../../app/api/acts.ts';
import { type Answer, type Asked, call } from '../../app/api/call.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { isOvertaken, sayWhatHappened } from './happened.ts';
import { type HandoffPatch, patchHandoff } from './patch.ts';

type Undoable = z.input<typeof undoAnswer.body>['what'];
type HandoffContract = RouteContract & {
  params: z.ZodType<{ id: string }>;
  reply: z.ZodType<Done>;
};
type Done = Pick<HandoffSummary, 'id' | 'standing' | 'revision'>;

type HandoffAct<C extends HandoffContract> = {
  said: (asked: Asked<C>) => string;
  /** Under which name it is taken back; what is left out cannot be. */
  undo?: Undoable;
  /** How it looks once done. */
  to?: (member: string) => HandoffPatch;
  done?: () => void;
  /** Says what is at fault in the form itself; true when it did. */
  fault?: (error: Error) => boolean;
};

const changes = ['/api/handoffs', '/api/leads', '/api/today', '/api/deals', '/api/accounts'];

export function useHandoffAct<C extends HandoffContract>(
  contract: C,
  { said, undo, to, done, fault }: HandoffAct<C>,
) {
  const me = useMe();
  const { nameOf } = useMembers();
  const queries = useQueryClient();
  const idOf = ({ params }: Asked<C>): string => (params as { id: string }).id;
  return useAct(contract, {
    changes,
    said,
    ...(undo && {
      undo: (asked: Asked<C>, answer: Answer<C>) =>
        call(undoAnswer, {
          params: { id: idOf(asked) },
          body: { what: undo, revision: (answer as Done).revision },
        }),
    }),
    ...(to && {
      show: (_: unknown, asked: Asked<C>) => patchHandoff(queries, idOf(asked), to(me.member)),
    }),
    done: (answer) => {
      // What is done next is done to it as it stands now, before the lists have been read again.
      const { id, standing, revision } = answer as Done;
      patchHandoff(queries, id, { standing, revision });
      done?.();
    },
    refused: (error, asked) => {
      if (fault?.(error)) return true;
      if (!isOvertaken(error)) return false;
      void sayWhatHappened(queries, idOf(asked), error, { member: me.member, nameOf });
      return true;
    },
  });
}
