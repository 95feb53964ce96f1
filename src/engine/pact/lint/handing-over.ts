/** Checks on the way from marketing to sales: what must be known, how quickly, and to whom. */
import { compileCondition, type Node, type Rules } from '#engine/criterion/compile.ts';
import { sayCondition } from '#engine/criterion/say.ts';
import { fold } from '#engine/criterion/value.ts';
import { parseWorking } from '#engine/pact/duration.ts';
import type { Condition, Pact, Tier, WeekHours } from '#engine/pact/pact.ts';
import { below, type Finding, warning } from './finding.ts';
import { isNotTrue, isTrue, Possibilities } from './possible.ts';
import type { Study } from './study.ts';

export function checkHandingOver(study: Study): Finding[] {
  return [...checkPacket(study.pact), ...checkTiers(study.pact), ...checkRouting(study)];
}

/** Attributes that every import offers under these names. */
const CANONICAL = [
  ...['email', 'first_name', 'last_name', 'title', 'phone', 'country', 'city', 'created_at', 'source'],
  ...['account.name', 'account.domain', 'account.industry', 'account.employees', 'account.revenue'],
];

/** A lead whose packet is incomplete is not handed over: a slip in a name here stops them all. */
function checkPacket(pact: Pact): Finding[] {
  const mentioned = new Set([...CANONICAL, ...attributesIn(pact)].map(fold));
  return pact.handoff.packet.flatMap((attribute, i) => {
    if (mentioned.has(fold(attribute))) return [];
    const message = `the packet wants "${attribute}", which nothing else in the pact mentions`;
    const hint = 'check its spelling: a lead on which it is not known is never handed over';
    return [warning('packet_unread', `handoff.packet[${i}]`, message, hint)];
  });
}

function attributesIn(pact: Pact): string[] {
  const conditions: Condition[] = [
    ...[pact.lead, pact.mql, ...pact.bad_leads, ...pact.profile, ...pact.stages, ...pact.fast_lanes],
    ...pact.handoff.routing.rules,
  ].map(({ when }) => when);
  const levels = pact.stages.flatMap((stage) => Object.values(stage.levels));
  const golden = pact.golden.flatMap(({ lead }) => Object.keys(lead));
  return [...[...conditions, ...levels].flatMap(attributesOf), ...golden];
}

function attributesOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(attributesOf);
  if ('any' in condition) return condition.any.flatMap(attributesOf);
  if ('not' in condition) return attributesOf(condition.not);
  return 'attribute' in condition ? [condition.attribute] : [];
}

const STEPS: (keyof Tier)[] = ['first_touch', 'accept', 'decide'];

/** A later step that is due before an earlier one. */
function checkTiers({ handoff, calendar }: Pact): Finding[] {
  return Object.entries(handoff.tiers).flatMap(([name, tier]) =>
    STEPS.slice(1).flatMap((step, i) => {
      const before = STEPS[i]!;
      if (!certainlyLonger(tier[before], tier[step], calendar.hours)) return [];
      const message = `"${step}" (${tier[step]}) is due before "${before}" (${tier[before]})`;
      const hint = 'first touch, then accept, then decide: each counts from the handoff';
      return [warning('tier_order', below(below('handoff.tiers', name), step), message, hint)];
    }),
  );
}

/** Whether one working duration is longer than another, however days of unlike length fall. */
function certainlyLonger(one: string, other: string, hours: WeekHours): boolean {
  const lengths = Object.values(hours).map((spans) =>
    spans.reduce((sum, [from, to]) => sum + minutes(to) - minutes(from), 0),
  );
  const [a, b] = [parseWorking(one), parseWorking(other)];
  return a.days * Math.min(...lengths) + a.minutes > b.days * Math.max(...lengths) + b.minutes;
}

function minutes(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return hour! * 60 + minute!;
}

function checkRouting({ pact, rules, reach, onLadder }: Study): Finding[] {
  const { routing } = pact.handoff;
  const findings: Finding[] = [];
  const { nodes, all } = compileAll(routing.rules, rules);
  const possibilities = new Possibilities(all, reach);
  for (const [i, { id, when }] of routing.rules.entries()) {
    const path = `handoff.routing.rules[${i}]`;
    const here = [...onLadder, isTrue(nodes[i]!)];
    if (!possibilities.possible(here)) {
      const message = `no lead can be routed by "${id}": "${sayCondition(when)}" never holds`;
      findings.push(warning('route_never', path, message, 'look for two parts that exclude each other'));
    } else if (!possibilities.possible([...here, ...nodes.slice(0, i).map(isNotTrue)])) {
      const message = `no lead gets as far as the rule "${id}": an earlier rule takes them all`;
      findings.push(warning('route_shadowed', path, message, 'put it before the wider rule'));
    }
  }
  if (routing.rules.length > 0 && routing.otherwise === undefined) {
    if (possibilities.possible([...onLadder, ...nodes.map(isNotTrue)])) {
      const message = 'a lead that no rule takes waits for somebody in sales to take it by hand';
      findings.push(
        warning('route_open', 'handoff.routing', message, 'add otherwise, with a queue or a person'),
      );
    }
  }
  return findings;
}

function compileAll(conditions: { when: Condition }[], rules: Rules): { nodes: Node[]; all: Rules } {
  let all = rules;
  const nodes = conditions.map(({ when }) => {
    const compiled = compileCondition(when, all);
    all = compiled.rules;
    return compiled.when;
  });
  return { nodes, all };
}
