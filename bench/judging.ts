/** P6, P7: judging, beside rule engines that people would take and beside code written by hand for one pact. */

import { LogicEngine } from 'json-logic-engine';
import { Engine as RulesEngine } from 'json-rules-engine';
import type { Facts } from '#engine/facts/facts.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { ColumnsBuilder } from '#engine/replay/columns.ts';
import { judgeColumns } from '#engine/replay/fast.ts';
import { judge } from '#engine/verdict/judge.ts';
import { Tally } from '#engine/verdict/tally.ts';
import { Chance } from './support/chance.ts';
import { type Bench, ratio, sideBySide } from './support/measure.ts';

const CRITERIA = 40;
const AT = Date.UTC(2026, 0, 1);

type Row = Record<string, string | number>;

/** Forty criteria: half on numbers, half on words, each with points of its own. */
const criteria = Array.from({ length: CRITERIA }, (_, i) =>
  i % 2 === 0
    ? { name: `n${i}`, low: i * 10, high: i * 10 + 300, points: (i % 7) + 1 }
    : { name: `w${i}`, words: [`word-${i % 5}`, `word-${(i + 2) % 5}`], points: (i % 5) + 1 },
);
const BAR = 60;

function rowsOf(count: number): Row[] {
  const chance = new Chance(5);
  return Array.from({ length: count }, () =>
    Object.fromEntries(
      criteria.map(({ name, low }) => [
        name,
        low === undefined ? `word-${chance.whole(5)}` : chance.whole(700),
      ]),
    ),
  );
}

const pactOf = () =>
  parsePact(
    JSON.stringify({
      pact: 'Forty criteria',
      language: 1,
      lead: { when: { attribute: 'n0', exists: true } },
      profile: criteria.map(({ name, low, high, words, points }) => ({
        id: name,
        text: name,
        when: { attribute: name, ...(words === undefined ? { between: [low, high] } : { in: words }) },
        points,
      })),
      mql: { when: { fit: { gte: BAR } } },
    }),
  ).pact;

/** What somebody would write by hand for this one pact. */
function byHand(row: Row): boolean {
  let fit = 0;
  for (const { name, low, high, words, points } of criteria) {
    const value = row[name]!;
    const holds = typeof value === 'number' ? value >= low! && value <= high! : words!.includes(value);
    if (holds) fit += points;
  }
  return fit >= BAR;
}

const generated = new Function(
  'row',
  `let fit = 0;
${criteria
  .map(({ name, low, high, words, points }) => {
    const test =
      words?.map((word) => `row.${name} === '${word}'`).join(' || ') ??
      `row.${name} >= ${low} && row.${name} <= ${high}`;
    return `if (${test}) fit += ${points};`;
  })
  .join('\n')}
return fit >= ${BAR};`,
) as (row: Row) => boolean;

const logicRule = {
  '>=': [
    {
      '+': criteria.map(({ name, low, high, words, points }) => ({
        if: [
          words === undefined ? { '<=': [low, { var: name }, high] } : { in: [{ var: name }, words] },
          points,
          0,
        ],
      })),
    },
    BAR,
  ],
};

async function rulesEngine(rows: Row[]): Promise<number> {
  const engine = new RulesEngine();
  for (const { name, low, high, words, points } of criteria) {
    engine.addRule({
      conditions: {
        all:
          words === undefined
            ? [
                { fact: name, operator: 'greaterThanInclusive', value: low },
                { fact: name, operator: 'lessThanInclusive', value: high },
              ]
            : [{ fact: name, operator: 'in', value: words }],
      },
      event: { type: 'points', params: { points } },
    });
  }
  let mqls = 0;
  for (const row of rows) {
    const { events } = await engine.run(row);
    if (events.reduce((sum, { params }) => sum + Number(params?.points), 0) >= BAR) mqls++;
  }
  return mqls;
}

export const judging: Bench = {
  title: 'Judging, 40 criteria',
  measure: async ({ rounds, rows: count }) => {
    const rows = rowsOf(count);
    const few = rows.slice(0, Math.max(200, Math.floor(count / 200)));
    const pact = pactOf();
    const facts = rows.map(
      (values, i): Facts => ({ id: String(i), changes: [{ at: null, values }], activities: [] }),
    );
    const tallies = facts.map((one) => Tally.of(pact, one, AT));
    const builder = new ColumnsBuilder();
    for (const [i, values] of rows.entries()) builder.change(builder.lead(String(i)), null, values);
    const columns = builder.finish();
    const logic = await new LogicEngine().build(logicRule);
    const count1 = (judged: (row: Row) => unknown) => rows.filter((row) => judged(row) === true).length;

    const wanted = count1(byHand);
    const answers = {
      generated: count1(generated),
      logic: count1((row) => logic(row)),
      ours: facts.filter((one) => judge(pact, one, AT).verdict === 'mql').length,
      columns: judgeColumns(columns, pact, AT).verdict.filter((verdict) => verdict === 2).length,
    };
    for (const [name, mqls] of Object.entries(answers)) {
      if (mqls !== wanted) throw new Error(`${name} found ${mqls} MQLs, by hand there are ${wanted}`);
    }

    const timings = await sideBySide(
      [
        { name: 'ours', run: () => facts.filter((one) => judge(pact, one, AT).verdict === 'mql').length },
        { name: 'live', run: () => tallies.filter((tally) => tally.judge(AT).verdict === 'mql').length },
        { name: 'columns', run: () => judgeColumns(columns, pact, AT) },
        { name: 'generated', run: () => count1(generated) },
        { name: 'logic', run: () => count1((row) => logic(row)) },
        { name: 'rules', run: () => rulesEngine(few) },
      ],
      rounds,
    );
    const each = Object.fromEntries(
      timings.map(({ name, wall }) => [name, (wall / (name === 'rules' ? few.length : count)) * 1000]),
    ) as Record<'ours' | 'live' | 'columns' | 'generated' | 'logic' | 'rules', number>;
    const us = (name: keyof typeof each) => `${each[name].toFixed(each[name] < 10 ? 2 : 0)} µs a lead`;
    // Live, a lead's attributes have been read when they came in; the peers read theirs from a plain object.
    const against = (target: string, wanted: number, peer: keyof typeof each) =>
      ratio(`P6 live judging / ${target}`, wanted, each[peer] / each.live, `${us('live')}, ${us(peer)}`);
    return [
      against('json-rules-engine', 500, 'rules'),
      against('json-logic-engine compiled', 1.5, 'logic'),
      against('generated code', 0.33, 'generated'),
      {
        target: 'P6 the plain interpreter on facts it has not seen before',
        wanted: '(no target)',
        measured: us('ours'),
        met: null,
      },
      ratio(
        'P7 all leads by columns / generated code one by one',
        3,
        each.generated / each.columns,
        `${us('columns')}, ${us('generated')}`,
      ),
    ];
  },
};
