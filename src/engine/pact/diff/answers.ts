/** Differences in what happens after the handoff: SQL, tiers, attempts, packet, routing, reasons. */
import { sayCondition } from '#engine/criterion/say.ts';
import type { Pact, Question, Reason, Routing, RoutingTarget, Tier } from '#engine/pact/pact.ts';
import {
  type Change,
  change,
  compareKeys,
  compareListed,
  compareNamed,
  type Place,
  same,
  within,
} from './change.ts';
import { arrow, belongs, compareConditions, reads, sayValue } from './words.ts';

export function compareSql(before: Pact, after: Pact): Change[] {
  const place: Place = { path: 'sql', clause: 'sql', owner: after.sql.owner };
  return [
    ...compareKeys(place, before.sql, after.sql, {
      text: (old, now) => reads('SQL', old, now),
      owner: (old, now) => belongs('SQL', old, now),
    }),
    ...compareListed<Question>(
      within(place, 'questions'),
      'questions',
      before.sql.questions,
      after.sql.questions,
      {
        place: ({ id }) => within(place, `questions.${id}`),
        added: ({ id, ask }) => `New question ${id}: "${ask}"`,
        removed: ({ id, ask }) => `No more question ${id}: "${ask}"`,
        changed: (old, now, at) =>
          compareKeys(at, old, now, {
            ask: (was, is) => reads(`Question ${now.id}`, was, is),
            kind: (was, is) => `Answer to ${now.id}: ${arrow(was, is)}`,
            options: (was, is) => `Options of ${now.id}: ${arrow(was, is)}`,
            required: (_, is) => `Question ${now.id} ${is ? 'must now' : 'need no longer'} be answered`,
          }),
      },
    ),
  ];
}

const HANDOFF: Place = { path: 'handoff', clause: 'handoff', owner: 'both' };

export function compareHandoff({ handoff: before }: Pact, { handoff: after }: Pact): Change[] {
  return [
    ...compareTiers(before.tiers, after.tiers),
    ...compareKeys(within(HANDOFF, 'attempts'), before.attempts, after.attempts, {
      count: (was, is) => `Attempts before "unreachable": ${arrow(was, is)}`,
      within: (was, is) => `Attempts within: ${arrow(was, is)}`,
      channels: (was, is) => `Channels to be tried: ${arrow(was, is)}`,
    }),
    ...comparePacket(before.packet, after.packet),
    ...compareRouting(before.routing, after.routing),
  ];
}

const STEPS: Record<keyof Tier, string> = {
  first_touch: 'First touch',
  accept: 'Answer',
  decide: 'Decision',
};

const compareTiers = (before: Record<string, Tier>, after: Record<string, Tier>): Change[] =>
  compareNamed(named(before), named(after), {
    place: ({ name }) => within(HANDOFF, `tiers.${name}`),
    added: (tier) => `New tier ${tier.name}: ${sayTier(tier)}`,
    removed: (tier) => `No more tier ${tier.name}: ${sayTier(tier)}`,
    changed: (old, now, place) =>
      compareKeys(place, old, now, {
        first_touch: (was, is) => `${STEPS.first_touch} for ${now.name}: ${arrow(was, is)}`,
        accept: (was, is) => `${STEPS.accept} for ${now.name}: ${arrow(was, is)}`,
        decide: (was, is) => `${STEPS.decide} for ${now.name}: ${arrow(was, is)}`,
      }),
    value: ({ name: _, ...tier }) => tier,
  });

const sayTier = ({ first_touch, accept, decide }: Tier): string =>
  `first touch ${first_touch}, answer ${accept}, decision ${decide}`;

const named = <T>(record: Record<string, T>): Map<string, T & { name: string }> =>
  new Map(Object.entries(record).map(([name, value]) => [name, { name, ...value }]));

function comparePacket(before: string[], after: string[]): Change[] {
  const place = within(HANDOFF, 'packet');
  const fresh = after.filter((attribute) => !before.includes(attribute));
  const gone = before.filter((attribute) => !after.includes(attribute));
  const order = `Order of the packet: ${arrow(before, after)}`;
  if (fresh.length === 0 && gone.length === 0)
    return same(before, after) ? [] : [change(place, before, after, order)];
  return [
    ...gone.map((attribute) =>
      change(place, attribute, undefined, `The packet no longer wants ${attribute}`),
    ),
    ...fresh.map((attribute) =>
      change(place, undefined, attribute, `The packet now also wants ${attribute}`),
    ),
  ];
}

function compareRouting(before: Routing, after: Routing): Change[] {
  const place = within(HANDOFF, 'routing');
  return [
    ...compareListed(within(place, 'rules'), 'routing rules', before.rules, after.rules, {
      place: ({ id }) => within(place, `rules.${id}`),
      added: ({ id, when, to }) => `New route ${id}: ${sayCondition(when)}, to ${sayTarget(to)}`,
      removed: ({ id, when, to }) => `No more route ${id}: ${sayCondition(when)}, to ${sayTarget(to)}`,
      changed: (old, now, at) => [
        ...compareConditions(within(at, 'when'), `Route ${now.id}`, old.when, now.when),
        ...compareKeys(at, old, now, {
          to: (was, is) => `Route ${now.id}: ${sayTarget(was)} → ${sayTarget(is)}`,
          text: (was, is) => reads(`Route ${now.id}`, was, is),
        }),
      ],
    }),
    ...compareNamed(named(before.queues), named(after.queues), {
      place: ({ name }) => within(place, `queues.${name}`),
      added: (queue) => `New queue ${queue.name}: ${sayMembers(queue.members)}`,
      removed: (queue) => `No more queue ${queue.name}: ${sayMembers(queue.members)}`,
      changed: (old, now, at) =>
        compareKeys(at, old, now, {
          members: (was, is) => `Members of ${now.name}: ${sayMembers(was)} → ${sayMembers(is)}`,
          by: (was, is) => `Queue ${now.name} shares: ${arrow(was, is)}`,
        }),
      value: ({ name: _, ...queue }) => queue,
    }),
    ...compareKeys(place, before, after, {
      otherwise: (was, is) => `Leads that no route takes: ${sayTarget(was)} → ${sayTarget(is)}`,
    }),
  ];
}

const sayTarget = (target: RoutingTarget | undefined): string =>
  target === undefined ? 'nobody' : 'queue' in target ? `queue ${target.queue}` : target.person;

const sayMembers = (members: Routing['queues'][string]['members']): string =>
  members
    .map(({ person, weight, cap }) => {
      const terms = [weight === 1 ? '' : `weight ${weight}`, cap === undefined ? '' : `at most ${cap}`];
      const said = terms.filter((term) => term !== '').join(', ');
      return said === '' ? person : `${person} (${said})`;
    })
    .join(', ');

export function compareReasons(before: Pact, after: Pact): Change[] {
  const place: Place = { path: 'reasons', clause: 'reasons', owner: 'both' };
  return compareListed<Reason>(place, 'reasons', before.reasons, after.reasons, {
    place: ({ id }) => within(place, id),
    added: (reason) => `New reason ${reason.id}: ${sayReason(reason)}`,
    removed: (reason) => `No more reason ${reason.id}: ${sayReason(reason)}`,
    changed: (old, now, at) =>
      compareKeys(at, old, now, {
        next: (was, is) => `After ${now.id}: ${arrow(was, is)}`,
        clause: (was, is) => `Reason ${now.id} accuses: ${arrow(was, is)}`,
        ask: (was, is) => `Reason ${now.id} asks for: ${arrow(was, is)}`,
        text: (was, is) => reads(`Reason ${now.id}`, was, is),
      }),
  });
}

const sayReason = ({ text, clause, next }: Reason): string =>
  `"${text}" accuses ${sayValue(clause)}, then ${next}`;
