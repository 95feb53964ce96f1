/** Everything there is to be said of a text while it is written: the same in a browser as before it is proposed. */
import { clausesOf, type PactClause } from './clauses/clauses.ts';
import { digestPact } from './digest.ts';
import { checkGolden, type GoldenCheck } from './golden.ts';
import { type Finding, lintPact } from './lint/lint.ts';
import type { GoldenLead, Pact } from './pact.ts';
import type { ParsedPact } from './parse.ts';
import type { PactError, Position } from './problem.ts';

export type PlacedFinding = Finding & Position;

/** What a pact says of one of its golden leads, and what that one is called: its own words, else its e-mail. */
type NamedCheck = GoldenCheck & { name: string };

export type ExaminedText = {
  /** Whether it could be proposed: a pact, without errors, its golden leads as agreed. */
  ok: boolean;
  /** Null while the text is no pact. */
  digest: string | null;
  /** Everything that is wrong or doubtful, each with its place; broken golden leads included. */
  findings: PlacedFinding[];
  golden: NamedCheck[];
  clauses: (Omit<PactClause, 'place'> & Position)[];
  /** The normal form; null while the text is no pact. */
  normal: Pact | null;
};

/** @param more findings of what the pact alone cannot tell, such as the holidays of its regions */
export function examinePact({ pact, locate }: ParsedPact, more: readonly Finding[] = []): ExaminedText {
  const golden = goldenOf(pact);
  const findings = [...more, ...lintPact(pact), ...golden.filter(({ ok }) => !ok).map(broken)].map(
    ({ level, code, path, message, hint }) => ({ level, code, path, message, hint, ...locate(path) }),
  );
  return {
    ok: findings.every(({ level }) => level !== 'error'),
    digest: digestPact(pact),
    findings,
    golden,
    clauses: clausesOf(pact).map(({ place, ...clause }) => ({ ...clause, ...locate(place) })),
    normal: pact,
  };
}

/** The same of a text that is no pact (yet). */
export const examineFault = ({ problems }: PactError): ExaminedText => ({
  ok: false,
  digest: null,
  findings: problems.map(({ line, column, path, message, hint = '' }) => ({
    level: 'error',
    code: 'not_a_pact',
    path,
    message,
    hint,
    line,
    column,
  })),
  golden: [],
  clauses: [],
  normal: null,
});

const broken = ({ index, expect, got, because }: GoldenCheck): Finding => ({
  level: 'error',
  code: 'golden',
  path: `golden[${index}]`,
  message: `wanted ${expect}, found ${got}: ${because}`,
  hint: 'change the clause, or what is expected of this lead',
});

export const goldenOf = (pact: Pact): NamedCheck[] =>
  checkGolden(pact).map((check) => ({ ...check, name: nameOf(pact.golden[check.index]!, check.index) }));

const nameOf = ({ text, lead }: GoldenLead, index: number): string =>
  text ?? String(lead.email ?? `golden[${index}]`);
