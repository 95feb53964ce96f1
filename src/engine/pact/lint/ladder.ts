/** Checks on who can stand where: places on the ladder, clauses and lanes that no lead, or every lead, meets. */
import { sayCondition, sayNumber } from '#engine/criterion/say.ts';
import type { Condition } from '#engine/pact/pact.ts';
import { below, error, type Finding, warning } from './finding.ts';
import { isNotTrue, isTrue } from './possible.ts';
import type { Reach } from './reach.ts';
import type { Study } from './study.ts';

export function checkLadder(study: Study): Finding[] {
  const { rules, possible } = study;
  if (!possible([isTrue(rules.lead)])) {
    const { when } = study.pact.lead;
    return [error('lead_never', 'lead.when', `nobody can become a lead: ${never(when, study.reach)}`, WIDEN)];
  }
  if (!possible(study.onLadder)) return [everybodyIsBad(study)];
  return [...checkBadLeads(study), ...checkStages(study), ...checkMql(study), ...checkLanes(study)];
}

const WIDEN = 'look for two parts of the condition that exclude each other, or for a bound out of reach';

function everybodyIsBad({ pact, rules, possible }: Study): Finding {
  const alone = rules.badLeads.findIndex((bad) => !possible([isTrue(rules.lead), isNotTrue(bad)]));
  const by = alone < 0 ? 'one condition or another' : `"${pact.bad_leads[alone]!.id}"`;
  const path = alone < 0 ? 'bad_leads' : `bad_leads[${alone}].when`;
  return error('bad_lead_always', path, `every lead is a bad lead by ${by}`, 'narrow the conditions');
}

function checkBadLeads({ pact, rules, reach, possible }: Study): Finding[] {
  return pact.bad_leads.flatMap(({ id, when }, i) => {
    if (possible([isTrue(rules.lead), isTrue(rules.badLeads[i]!)])) return [];
    const message = `no lead can be a bad lead by "${id}": ${never(when, reach)}`;
    return [warning('bad_lead_never', `bad_leads[${i}].when`, message, WIDEN)];
  });
}

function checkStages(study: Study): Finding[] {
  const { pact, rules, reach, possible, onLadder } = study;
  const findings: Finding[] = [];
  for (const [i, { id, when, levels }] of pact.stages.entries()) {
    const path = `stages[${i}]`;
    const here = [...onLadder, isTrue(rules.stages[i]!.when)];
    const higher = rules.stages.slice(i + 1);
    if (!possible(here)) {
      findings.push(error('stage_never', path, `no lead can stand on "${id}": ${never(when, reach)}`, WIDEN));
      continue;
    }
    if (!possible([...here, ...higher.map((stage) => isNotTrue(stage.when))])) {
      const over = higher.find((stage) => !possible([...here, isNotTrue(stage.when)]));
      const said = over ? `"${over.id}", which is higher` : 'one of the stages above it';
      const message = `nobody is ever shown on "${id}": whoever stands on it also stands on ${said}`;
      findings.push(error('stage_shadowed', path, message, 'put it above that stage, or narrow that stage'));
      continue;
    }
    const passing = [...rules.fastLanes, rules.mql].map(isNotTrue);
    if (!possible([...here, ...higher.map((stage) => isNotTrue(stage.when)), ...passing])) {
      const message = `nobody is ever shown on "${id}": whoever stands on it is an MQL already`;
      findings.push(
        error('stage_always_mql', path, message, 'the ladder is for leads below MQL: lower its bound'),
      );
      continue;
    }
    findings.push(...checkLevels(study, i, Object.keys(levels)));
  }
  return findings;
}

function checkLevels({ rules, possible, onLadder }: Study, index: number, names: string[]): Finding[] {
  const { id, when, levels } = rules.stages[index]!;
  const here = [
    ...onLadder,
    isTrue(when),
    ...rules.stages.slice(index + 1).map((stage) => isNotTrue(stage.when)),
  ];
  return names.flatMap((name, i) => {
    const later = levels.slice(i + 1).map((level) => isNotTrue(level.when));
    if (possible([...here, isTrue(levels[i]!.when), ...later])) return [];
    const message = `nobody is ever shown on "${id}/${name}": a higher stage or a later level holds wherever it does`;
    const hint = 'levels go from lower to higher, below what the next stage asks for';
    return [warning('level_unreachable', below(`stages[${index}].levels`, name), message, hint)];
  });
}

/** A clause that contradicts itself is an error; one that only lacks criteria, or has fast lanes beside it, may be meant. */
function checkMql({ pact, rules, reach, possible, possibleWithMorePoints, onLadder }: Study): Finding[] {
  const met = [...onLadder, isTrue(rules.mql)];
  if (!possible(met)) {
    const because = never(pact.mql.when, reach);
    const level = pact.fast_lanes.length > 0 || possibleWithMorePoints(met) ? warning : error;
    const message =
      pact.fast_lanes.length > 0
        ? `a lead becomes an MQL by a fast lane alone, never by this clause: ${because}`
        : `no lead can become an MQL: ${because}`;
    return [level('mql_never', 'mql.when', message, WIDEN)];
  }
  if (!possible([...onLadder, isNotTrue(rules.mql)])) {
    const hint = 'ask for fit and for interest, or sales gets every lead there is';
    return [warning('mql_always', 'mql.when', 'every lead that is not a bad one is an MQL', hint)];
  }
  return [];
}

/** Also lanes that never decide anything, because an earlier one always does. */
function checkLanes({ pact, rules, reach, possible, onLadder }: Study): Finding[] {
  const findings: Finding[] = [];
  for (const [i, { id, when }] of pact.fast_lanes.entries()) {
    const path = `fast_lanes[${i}]`;
    const here = [...onLadder, isTrue(rules.fastLanes[i]!)];
    if (!possible(here)) {
      findings.push(
        warning('lane_never', path, `no lead can take the fast lane "${id}": ${never(when, reach)}`, WIDEN),
      );
    } else if (!possible([...here, ...rules.fastLanes.slice(0, i).map(isNotTrue)])) {
      const message = `the fast lane "${id}" never decides: an earlier one holds wherever it does`;
      findings.push(warning('lane_shadowed', path, message, 'put it first, or take it out'));
    }
  }
  return findings;
}

/** Why a condition can never hold, as far as words go. */
function never(condition: Condition, { fit, interest }: Reach): string {
  const said = sayCondition(condition);
  const limits = [
    ...(said.includes('fit is ') && Number.isFinite(fit) ? [`fit reaches at most ${sayNumber(fit)}`] : []),
    ...(said.includes('interest is ') && Number.isFinite(interest)
      ? [`interest at most ${sayNumber(interest)}`]
      : []),
  ];
  const because = limits.length === 0 ? '' : ` (${limits.join(', ')})`;
  return `"${said}" never holds${because}`;
}
