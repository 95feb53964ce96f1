/** What is to be said of a text: before anybody signs it, and while somebody writes it. */
import type { z } from 'zod';
import type { Examined } from '#contract/pact-texts.ts';
import type { finding } from '#contract/pacts.ts';
import { clausesOf } from '#engine/pact/clauses/clauses.ts';
import { digestPact } from '#engine/pact/digest.ts';
import { checkGolden } from '#engine/pact/golden.ts';
import { lintPact } from '#engine/pact/lint/lint.ts';
import type { GoldenLead, Pact } from '#engine/pact/pact.ts';
import { type ParsedPact, parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import { calendarFindings } from './calendar-findings.ts';

export type Finding = z.infer<typeof finding>;
type GoldenSaid = Examined['golden'][number];

/** Lint, and golden leads that are not judged as agreed, each with its place in the text. */
export const examine = async (text: string): Promise<Finding[]> => findingsOf(parsePact(text));

async function findingsOf({ pact, locate }: ParsedPact): Promise<Finding[]> {
  const broken = checkGolden(pact)
    .filter(({ ok }) => !ok)
    .map(({ index, expect, got, because }) => ({
      level: 'error' as const,
      code: 'golden',
      path: `golden[${index}]`,
      message: `wanted ${expect}, found ${got}: ${because}`,
      hint: 'change the clause, or what is expected of this lead',
    }));
  return [...(await calendarFindings(pact)), ...lintPact(pact), ...broken].map((one) => {
    const { line, column } = locate(one.path);
    const { level, code, path, message, hint } = one;
    return { level, code, path, message, hint, line, column };
  });
}

/** Everything there is to be said of a text, whatever it is. */
export async function examineText(text: string): Promise<Examined> {
  let parsed: ParsedPact;
  try {
    parsed = parsePact(text);
  } catch (error) {
    if (!(error instanceof PactError)) throw error;
    return { ok: false, digest: null, findings: problemsOf(error), golden: [], clauses: [], normal: null };
  }
  const { pact, locate } = parsed;
  const findings = await findingsOf(parsed);
  return {
    ok: findings.every(({ level }) => level !== 'error'),
    digest: digestPact(pact),
    findings,
    golden: goldenOf(pact),
    clauses: clausesOf(pact).map(({ place, ...card }) => ({ ...card, ...locate(place) })),
    normal: pact,
  };
}

const problemsOf = ({ problems }: PactError): Finding[] =>
  problems.map(({ line, column, path, message, hint = '' }) => ({
    level: 'error',
    code: 'not_a_pact',
    path,
    message,
    hint,
    line,
    column,
  }));

/** What a pact says of each of its golden leads. */
export const goldenOf = (pact: Pact): GoldenSaid[] =>
  checkGolden(pact).map((check) => ({ ...check, name: nameOf(pact.golden[check.index]!, check.index) }));

const nameOf = ({ text, lead }: GoldenLead, index: number): string =>
  text ?? String(lead.email ?? `golden[${index}]`);
