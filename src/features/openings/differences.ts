/** Where the two definitions differ, and which side each difference is taken from. */
import type { Difference, Opening } from '#contract/openings.ts';
import { clausesByPath, type PartName, sayClause } from '#engine/pact/clauses/clauses.ts';
import { diffPacts } from '#engine/pact/diff/diff.ts';
import { type Choice, type Conflict, mergePacts } from '#engine/pact/merge/merge.ts';
import type { Owner, Pact, PartyName } from '#engine/pact/pact.ts';
import { examine, type Finding } from '#features/pacts/examining.ts';
import { ask } from '#features/pacts/reading/reading.ts';
import type { Tx } from '#platform/db/transaction.ts';
import type { Sides } from './sides.ts';

type Pacts = Record<PartyName, Pact>;

/** Every clause on which the two do not say the same. */
export const differencesOf = ({ marketing, sales }: Pacts): Conflict[] =>
  mergePacts(null, marketing, sales).conflicts.map((one) => ({ ...one, owner: ownerOf(one) }));

/** The clauses that are one side's by their nature stay so, whatever either wrote of their owner. */
const OWN: Partial<Record<string, PartyName>> = { sql: 'sales', fast_lanes: 'marketing' };

function ownerOf({ clause, owner, values }: Conflict): Owner {
  const own = OWN[clause.split('.')[0]!];
  if (own !== undefined) return own;
  const said = [values.ours, values.theirs].map(
    (value) => (value as { owner?: Owner } | undefined)?.owner ?? owner,
  );
  return said[0] === said[1] ? said[0]! : 'both';
}

const KINDS: Record<PartName, Difference['kind']> = {
  stages: 'stages',
  grades: 'thresholds',
  profile: 'criteria',
  interest: 'criteria',
  bad_leads: 'criteria',
  lead: 'qualifies',
  mql: 'qualifies',
  fast_lanes: 'qualifies',
  sql: 'qualifies',
  terms: 'expectations',
  economics: 'expectations',
  pact: 'other',
  calendar: 'other',
  parties: 'other',
  handoff: 'other',
  reasons: 'other',
  golden: 'other',
  review: 'other',
};

/** The differences as people read them, each with what was chosen. */
export function sayDifferences(pacts: Pacts, choices: Opening['choices']): Difference[] {
  const changes = diffPacts(pacts.marketing, pacts.sales);
  const [marketing, sales] = [clausesByPath(pacts.marketing), clausesByPath(pacts.sales)];
  return differencesOf(pacts).map(({ clause, owner, ours, theirs, values }) => {
    const part = clause.split('.')[0] as PartName;
    const own = changes.filter(({ path }) => path === clause || path.startsWith(`${clause}.`));
    const words = (side: typeof sales, fallback: string[]) => {
      const at = side.get(clause);
      if (at !== undefined) return sayClause(at);
      return clause === part ? fallback.join(' ') : null;
    };
    return {
      clause,
      part,
      owner,
      kind: KINDS[part],
      said: own.map(({ text }) => text),
      marketing: words(marketing, ours),
      sales: words(sales, theirs),
      values: { marketing: values.ours ?? null, sales: values.theirs ?? null },
      chosen: choices.find((choice) => choice.clause === clause) ?? null,
    };
  });
}

/** What was chosen, the first choice first. */
export async function choicesOf(tx: Tx, workspace: string, id: string): Promise<Opening['choices']> {
  const rows = await choiceRows(tx, workspace, id);
  return rows.map(({ clause, take, member_id, at }) => ({
    clause,
    take,
    by: member_id,
    at: at.toISOString(),
  }));
}

export const choiceRows = (tx: Tx, workspace: string, id: string) =>
  tx
    .selectFrom('opening_choices')
    .select(['clause', 'take', 'value', 'member_id', 'at'])
    .where('workspace_id', '=', workspace)
    .where('opening_id', '=', id)
    .orderBy('at')
    .orderBy('clause')
    .execute();

type Chosen = Awaited<ReturnType<typeof choiceRows>>[number];
export type Grown = {
  text: string;
  findings: Finding[];
  chosen: number;
  differences: number;
  isPact: boolean;
};

/** The draft as it stands: what is chosen, and for the rest what its owner wrote. */
export async function grow({ texts, pacts }: Sides, choices: readonly Chosen[]): Promise<Grown> {
  const differences = differencesOf(pacts);
  const settled = differences.map(({ clause, owner }): Choice => {
    const choice = choices.find((one) => one.clause === clause);
    if (choice === undefined) return { clause, take: owner === 'sales' ? 'theirs' : 'ours' };
    const take = { marketing: 'ours', sales: 'theirs', new: 'new' } as const;
    return { clause, take: take[choice.take], value: choice.value };
  });
  const { pact, problems } = mergePacts(null, pacts.marketing, pacts.sales, settled);
  const open = differences.filter(({ clause }) => choices.some((one) => one.clause === clause));
  const counts = { chosen: open.length, differences: differences.length };
  if (pact === null) {
    const findings = problems.map(
      (message): Finding => ({
        level: 'error',
        code: 'not_a_pact',
        path: '',
        message,
        hint: 'choose otherwise, or write the clause anew',
        line: 1,
        column: 1,
      }),
    );
    return { text: texts.marketing, findings, ...counts, isPact: false };
  }
  const text = await ask('rewrite', { text: texts.marketing, wanted: pact });
  return { text, findings: await examine(text), ...counts, isPact: true };
}
