/** What each team expects of each step, with the 10 % of the articles preloaded: editable, and without a source. */
import type { z } from 'zod';
import type { Expectation, listExpectations } from '#contract/leaks.ts';
import { isWithin } from '#engine/measures/change.ts';
import { conversion } from '#engine/measures/cohort.ts';
import type { Figure } from '#engine/measures/figure.ts';
import { sayShare } from '#engine/measures/say.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import type { Rung } from './bases/passes.ts';
import { count } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import type { Scope } from './scope.ts';
import type { By } from './sql.ts';

type Listed = z.infer<typeof listExpectations.reply>;
type Step = Expectation['step'];

/** Of the leads that came to one rung, the share that came to the other. */
const ENDS: Record<Step, { from: Rung; to: Rung; of: string; did: string }> = {
  lead_to_mql: { from: 'conversion', to: 'mql', of: 'leads', did: 'became MQLs' },
  mql_to_sal: { from: 'mql', to: 'sal', of: 'MQLs', did: 'were accepted' },
  sal_to_sql: { from: 'sal', to: 'sql', of: 'accepted leads', did: 'became SQLs' },
  sql_to_opportunity: { from: 'sql', to: 'opportunity', of: 'SQLs', did: 'became opportunities' },
  opportunity_to_won: { from: 'opportunity', to: 'won', of: 'opportunities', did: 'were won' },
  sql_to_won: { from: 'sql', to: 'won', of: 'SQLs', did: 'were won' },
  mql_to_won: { from: 'mql', to: 'won', of: 'MQLs', did: 'were won' },
};

/** What articles on the trade repeat, and nobody gives a source for. */
const PRELOADED: Expectation = {
  step: 'mql_to_won',
  of: null,
  party: 'article',
  rate: 0.1,
  source: null,
  note: 'Articles say that one qualified lead in ten closes. None says where that is from.',
  set_by: null,
  set_at: null,
};

type Row = {
  party: 'marketing' | 'sales' | 'article';
  step: Step;
  type: string;
  rate: number | null;
  source: string | null;
  note: string | null;
  set_by: string | null;
  set_at: Date;
};

const shown = ({ type, rate, set_at, ...row }: Row): Expectation => ({
  ...row,
  of: type === '' ? null : type,
  rate: rate!,
  set_at: set_at.toISOString(),
});

const readRows = ({ query, workspace }: Pick<Scope, 'query' | 'workspace'>) =>
  query<Row>(
    `SELECT e.party, e.step, e.lead_type AS type, e.rate, e.source, e.note, m.name AS set_by, e.set_at
     FROM expectations e LEFT JOIN members m ON m.workspace_id = e.workspace_id AND m.id = e.set_by
     WHERE e.workspace_id = $1 ORDER BY e.step, e.lead_type, e.party`,
    [workspace],
  );

export async function expectations(scope: Scope, horizon: number): Promise<Pick<Listed, 'items' | 'apart'>> {
  const rows = await readRows(scope);
  const isOwn = rows.some(
    ({ party, step, type }) => party === 'article' && step === PRELOADED.step && type === '',
  );
  const told: Expectation[] = [
    ...(isOwn ? [] : [PRELOADED]),
    ...ofPact(scope),
    ...rows.filter(({ rate }) => rate !== null).map(shown),
  ];
  const items: Listed['items'] = [];
  for (const one of told) items.push(await beside(scope, one, horizon));
  const apart = told.flatMap((one) => {
    if (one.party !== 'marketing') return [];
    const other = told.find(({ party, step, of }) => party === 'sales' && step === one.step && of === one.of);
    if (other === undefined || other.rate === one.rate) return [];
    const says = `Marketing expects ${sayShare(one.rate)}, sales ${sayShare(other.rate)}: talk about it before the quarter does.`;
    return [{ step: one.step, marketing: one.rate, sales: other.rate, says }];
  });
  return { items, apart };
}

const ofPact = ({ version }: Scope): Expectation[] =>
  Object.entries(version?.pact.economics.expected ?? {}).flatMap(([step, rate]) =>
    rate === undefined
      ? []
      : [
          {
            step: step as Step,
            of: null,
            party: 'pact',
            rate,
            source: `Version ${version!.number} of the pact`,
            note: null,
            set_by: null,
            set_at: null,
          },
        ],
  );

/** What was expected beside what happened. */
async function beside(scope: Scope, one: Expectation, horizon: number): Promise<Listed['items'][number]> {
  const { from, to, of, did } = ENDS[one.step];
  const by: By = {
    entry: from,
    horizon: String(horizon),
    rung: to,
    ...(one.of !== null && { type: one.of }),
  };
  const n = await count(scope, 'passes', ['entered', 'mature', 'reached_in_time'], by);
  const figure: Figure = conversion(
    'conversion',
    { size: n.entered, mature: n.mature, converted: n.reached_in_time },
    { of, did, horizon: `watched for less than ${horizon} days` },
  );
  const within = isWithin(one.rate, figure);
  return {
    ...one,
    actual: dressed(figure, {
      promised: one.rate,
      numerator: opening(scope, 'passes', 'reached_in_time', n.reached_in_time, by),
      denominator: opening(scope, 'passes', 'mature', n.mature, by),
    }),
    within,
    says: `${sayShare(one.rate)} was expected${one.source === null && one.party === 'article' ? ', without a source' : ''}. ${WITHIN[String(within)]} ${figure.says}`,
  };
}

const WITHIN: Record<string, string> = {
  true: 'What happened does not contradict it.',
  false: 'What happened is not that.',
  null: 'There is too little to say whether it holds.',
};

export type Said = {
  party: Row['party'];
  step: Step;
  of: string | null;
  rate: number;
  source: string | null;
  note: string | null;
};

export async function setExpectation(deed: Deed, member: string | null, said: Said): Promise<Expectation> {
  await deed.query(
    `INSERT INTO expectations (workspace_id, party, step, lead_type, rate, source, note, set_by, set_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (workspace_id, party, step, lead_type) DO UPDATE SET rate = excluded.rate, source = excluded.source,
       note = excluded.note, set_by = excluded.set_by, set_at = excluded.set_at`,
    [
      deed.workspace,
      said.party,
      said.step,
      said.of ?? '',
      said.rate,
      said.source,
      said.note,
      member,
      new Date(deed.now),
    ],
  );
  tell(deed, 'expectation.set', said, { rate: said.rate });
  const rows = await readRows(deed);
  return shown(
    rows.find((row) => row.party === said.party && row.step === said.step && row.type === (said.of ?? ''))!,
  );
}

/** Taken back: kept without a rate where it was preloaded, so that it does not come back by itself. */
export async function dropExpectation(
  deed: Deed,
  member: string | null,
  { party, step, of }: Pick<Said, 'party' | 'step' | 'of'>,
): Promise<void> {
  const key = [deed.workspace, party, step, of ?? ''];
  if (party === PRELOADED.party && step === PRELOADED.step && of === null) {
    await deed.query(
      `INSERT INTO expectations (workspace_id, party, step, lead_type, rate, set_by, set_at) VALUES ($1, $2, $3, $4, NULL, $5, $6)
       ON CONFLICT (workspace_id, party, step, lead_type) DO UPDATE SET rate = NULL, set_by = excluded.set_by, set_at = excluded.set_at`,
      [...key, member, new Date(deed.now)],
    );
  } else {
    await deed.query(
      'DELETE FROM expectations WHERE workspace_id = $1 AND party = $2 AND step = $3 AND lead_type = $4',
      key,
    );
  }
  tell(deed, 'expectation.dropped', { party, step, of }, {});
}

function tell(
  deed: Deed,
  what: string,
  { party, step, of }: Pick<Said, 'party' | 'step' | 'of'>,
  data: Record<string, unknown>,
): void {
  const subject = { kind: 'expectation', id: [party, step, of ?? ''].join(' ').trim() };
  deed.journal({ at: deed.now, what, subject, data });
}
