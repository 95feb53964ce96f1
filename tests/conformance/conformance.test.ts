import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyLedger, END, inOrder, START } from '#tests/support/any-history.ts';
import { anyPact } from '#tests/support/any-pact.ts';
import { openBrowser } from '#tests/support/chromium.ts';
import { bundleForBrowser } from '../../scripts/bundle-engine.ts';
import { type Answer, ask, type Question } from './ask.ts';
import { type Case, cases, questionOf } from './cases.ts';

const six = (n: number) => Number(n.toFixed(6));
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');

/** An answer in the terms of a case, and no more than the case asks for. */
function asExpected({ expect: wanted, replay }: Case, answer: Answer) {
  const { verdict, grade, fit, interest, stage, fast_lane } = answer.verdict;
  const holds = new Map(answer.reasons.map((reason) => [reason.criterion, reason.holds]));
  const asked = Object.keys(wanted.holds ?? {});
  return {
    expect: {
      verdict,
      grade,
      fit: six(fit),
      interest: six(interest),
      stage,
      ...('fast_lane' in wanted && { fast_lane }),
      ...(wanted.holds && { holds: Object.fromEntries(asked.map((id) => [id, holds.get(id)])) }),
    },
    ...(replay && {
      replay: {
        mql_at: answer.mql_at === null ? null : iso(answer.mql_at),
        stages: answer.stages.map(([at, place]) => [iso(at), place]),
      },
    }),
  };
}

test('the file has cases enough, each with a name of its own', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(new Set(cases.map(({ pact, name }) => `${pact}: ${name}`)).size).toBe(cases.length);
});

describe('in Node', () => {
  test.each(cases)('$pact: $name', (one) => {
    const { expect: wanted, replay } = one;
    expect(asExpected(one, ask(questionOf(one)))).toEqual({
      expect: wanted,
      ...(replay && { replay }),
    });
  });
});

/** The conformance file, and questions nobody thought of. */
function questions(): Question[] {
  const pair = fc.tuple(anyPact, anyLedger.map(inOrder), fc.integer({ min: START, max: END }));
  const made = fc.sample(pair, { numRuns: 120, seed: 20260331 });
  return [
    ...cases.map(questionOf),
    ...made.map(([pact, facts, at]) => ({ pact: JSON.stringify(pact), facts, at })),
  ];
}

describe('in a browser', () => {
  test('the built bundle answers as Node does, to the last bit', async () => {
    // As JSON both ways, so that both are asked the very same.
    const asked: Question[] = JSON.parse(JSON.stringify(questions()));
    const bundle = await bundleForBrowser(
      `import { ask } from '../tests/conformance/ask.ts';
       globalThis.answersTo = (asked) => JSON.stringify(JSON.parse(asked).map(ask));`,
      'iife',
    );
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: bundle });
      const said = await page.evaluate<string, string>(
        (json) => (globalThis as unknown as { answersTo(asked: string): string }).answersTo(json),
        JSON.stringify(asked),
      );
      const answers: Answer[] = JSON.parse(said);
      expect(answers.length).toBe(asked.length);
      answers.forEach((answer, i) => {
        expect(answer).toEqual(JSON.parse(JSON.stringify(ask(asked[i]!))));
      });
    } finally {
      await browser.close();
    }
  });
});
