import * as contract from '#contract/people.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { addAbsence, listAbsences, removeAbsence } from './absences.ts';
import { memberPolicy } from './member-policy.ts';
import {
  changeMember,
  invitationLink,
  inviteAgain,
  inviteMember,
  listMembers,
  removeMember,
  showMember,
} from './members.ts';
import { actorOf, allow, type Caller } from './policy.ts';

type Verb = keyof typeof memberPolicy;
type Hand = { workspace: string; actor: ReturnType<typeof actorOf> };

const look = <T>({ database }: House, caller: Caller, read: (tx: Tx) => Promise<T>): Promise<T> => {
  allow(memberPolicy, 'read', caller);
  return database.inWorkspace(caller.workspace, read, { readOnly: true });
};

const change = <T>(
  { database, clock }: House,
  caller: Caller,
  verb: Verb,
  work: (tx: Tx, hand: Hand, now: Instant) => Promise<T>,
): Promise<T> => {
  allow(memberPolicy, verb, caller);
  const hand = { workspace: caller.workspace, actor: actorOf(caller) };
  const now = clock();
  return database.inWorkspace(caller.workspace, (tx) => work(tx, hand, now));
};

const absenceVerb = (caller: Caller, member: string): Verb =>
  caller.id === member ? 'say_own_absent' : 'say_absent';

export const peopleRoutes: readonly Route[] = [
  serve(contract.listMembers, (house, caller, { query }) =>
    look(house, caller, (tx) => listMembers(tx, caller.workspace, query)),
  ),
  serve(contract.showMember, (house, caller, { params }) =>
    look(house, caller, (tx) => showMember(tx, caller.workspace, params.member)),
  ),
  serve(contract.inviteMember, async (house, caller, { body }) => {
    const member = await change(house, caller, 'manage', (tx, hand, now) =>
      inviteMember(tx, hand, body, now),
    );
    const { letters } = house;
    return { member, link: letters.mailed ? null : invitationLink(letters, caller.workspace, member) };
  }),
  serve(contract.inviteAgain, async (house, caller, { params }) => {
    const member = await change(house, caller, 'manage', (tx, hand, now) =>
      inviteAgain(tx, hand, params.member, now),
    );
    const { letters } = house;
    return { member, link: letters.mailed ? null : invitationLink(letters, caller.workspace, member) };
  }),
  serve(contract.changeMember, (house, caller, { params, body, ifMatch }) =>
    change(house, caller, 'manage', (tx, hand, now) =>
      changeMember(tx, hand, params.member, body, ifMatch, now),
    ),
  ),
  serve(contract.removeMember, (house, caller, { params }) =>
    change(house, caller, 'manage', (tx, hand, now) => removeMember(tx, hand, params.member, now)),
  ),
  serve(contract.listAbsences, async (house, caller, { params }) => ({
    items: await look(house, caller, (tx) =>
      listAbsences(tx, caller.workspace, params.member, house.clock()),
    ),
  })),
  serve(contract.addAbsence, (house, caller, { params, body }) =>
    change(house, caller, absenceVerb(caller, params.member), (tx, _, now) =>
      addAbsence(tx, caller.workspace, params.member, body, now),
    ),
  ),
  serve(contract.removeAbsence, async (house, caller, { params }) => {
    await change(house, caller, absenceVerb(caller, params.member), (tx) =>
      removeAbsence(tx, caller.workspace, params.member, params.absence),
    );
    return {};
  }),
];
