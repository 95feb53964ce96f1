/** Checks on what the two parties owe each other: owners, reasons, questions, terms and what is needed to measure them. */
import type { Pact, PartyName, Reason } from '#engine/pact/pact.ts';
import { error, type Finding, warning } from './finding.ts';

export function checkPromises(pact: Pact): Finding[] {
  return [
    ...checkOwners(pact),
    ...checkSql(pact),
    ...checkReasons(pact),
    ...checkTerms(pact),
    ...checkGoldenThere(pact),
    ...checkReview(pact),
  ];
}

/** One side without a name is a slip; both without is a pact not yet filled in. */
function checkOwners({ parties }: Pact): Finding[] {
  const missing = (Object.keys(parties) as PartyName[]).filter((party) => parties[party].owner === undefined);
  const level = missing.length === 1 ? error : warning;
  return missing.map((party) =>
    level(
      'owner_missing',
      `parties.${party}`,
      `nobody is named who answers for ${party}`,
      `add parties.${party}.owner, a role rather than a person: it outlives whoever holds it`,
    ),
  );
}

function checkSql({ sql }: Pact): Finding[] {
  const findings: Finding[] = [];
  if (sql.owner === 'marketing') {
    const message = 'the SQL clause belongs to marketing: what an SQL is, sales alone decides';
    findings.push(error('sql_owner', 'sql.owner', message, 'set sql.owner to sales'));
  }
  if (!sql.questions.some(({ required }) => required)) {
    const message = 'a lead can be qualified without an answer to any question';
    const hint = 'make at least the question about the need required';
    findings.push(warning('no_required_question', 'sql.questions', message, hint));
  }
  return findings;
}

function checkReasons({ reasons }: Pact): Finding[] {
  if (reasons.length === 0) {
    const hint = 'without reasons no return can say which clause it accuses';
    return [
      warning('no_reasons', 'reasons', 'there is no reason for which sales may give a lead back', hint),
    ];
  }
  return [...reasons.flatMap(checkReason), ...checkNext(reasons)];
}

/** A reason teaches through the clause that it accuses, or else through the words asked for. */
function checkReason({ id, clause, ask }: Reason, i: number): Finding[] {
  if (clause !== undefined || ask === 'text') return [];
  const message = `the reason "${id}" accuses no clause, so nothing can be learned from it`;
  const hint = 'add clause: profile, interest, sql, handoff, … or the id of a criterion; or ask: text';
  return [error('reason_without_clause', `reasons[${i}]`, message, hint)];
}

const NEXT: Record<Reason['next'], { code: string; message: string; hint: string }> = {
  recycle: {
    code: 'no_recycle_reason',
    message: 'every return disqualifies: a lead that is only too early is lost for good',
    hint: 'add a reason with next: recycle, such as timing with ask: date',
  },
  disqualify: {
    code: 'no_disqualify_reason',
    message: 'every return recycles: a lead that is not our kind comes back again and again',
    hint: 'add a reason with next: disqualify, such as not_fit with clause: profile',
  },
};

const checkNext = (reasons: readonly Reason[]): Finding[] =>
  (Object.keys(NEXT) as Reason['next'][])
    .filter((next) => !reasons.some((reason) => reason.next === next))
    .map((next) => warning(NEXT[next].code, 'reasons', NEXT[next].message, NEXT[next].hint));

function checkTerms({ terms, economics }: Pact): Finding[] {
  const findings: Finding[] = [];
  const { mqls_per_month: promised, value_per_month } = terms.marketing;
  if (value_per_month !== undefined) {
    const rates = economics.expected;
    const needed = {
      average_deal: economics.average_deal,
      'expected.mql_to_sal': rates.mql_to_sal,
      'expected.sal_to_sql': rates.sal_to_sql,
      'expected.sql_to_won': rates.sql_to_won,
    };
    const missing = Object.entries(needed).filter(([, value]) => value === undefined);
    if (missing.length > 0) {
      const names = missing.map(([name]) => `economics.${name}`).join(', ');
      const message = 'marketing promises a value a month, and what a lead is worth cannot be worked out';
      findings.push(warning('economics_missing', 'terms.marketing.value_per_month', message, `add ${names}`));
    }
  }
  const capacity = economics.capacity_per_month;
  if (promised !== undefined && capacity !== undefined && promised > capacity) {
    const message = `marketing promises ${promised} MQLs a month, and sales can work ${capacity}`;
    const hint =
      'past capacity more MQLs mean fewer deals: lower the promise, or raise what an MQL must show';
    findings.push(warning('over_capacity', 'terms.marketing.mqls_per_month', message, hint));
  }
  for (const party of ['marketing', 'sales'] as const) {
    if (Object.keys(terms[party]).length > 0) continue;
    const message = `${party} promises nothing`;
    findings.push(warning('no_promise', `terms.${party}`, message, 'a pact binds both sides: add a term'));
  }
  return findings;
}

function checkGoldenThere({ golden }: Pact): Finding[] {
  const hint = 'add leads that both teams know, with what the pact must say of them';
  if (golden.length === 0) {
    return [warning('golden_missing', 'golden', 'no golden lead guards the meaning of this pact', hint)];
  }
  const isMql = golden.map(({ expect }) => expect === 'mql');
  if (isMql.includes(true) && isMql.includes(false)) return [];
  const message = isMql[0] ? 'every golden lead is an MQL' : 'no golden lead is an MQL';
  return [
    warning('golden_one_sided', 'golden', `${message}: a pact that says so of all leads would pass`, hint),
  ];
}

function checkReview({ review }: Pact): Finding[] {
  const { next, expires } = review;
  if (next === undefined || expires === undefined || Date.parse(next) <= Date.parse(expires)) return [];
  const message = `the pact expires on ${expires}, before its next review on ${next}`;
  return [warning('expires_before_review', 'review.next', message, 'review it before it ends')];
}
