/** What is to be said of a version's text before anybody signs it. */
import type { z } from 'zod';
import type { finding } from '#contract/pacts.ts';
import { checkGolden } from '#engine/pact/golden.ts';
import { lintPact } from '#engine/pact/lint/lint.ts';
import { parsePact } from '#engine/pact/parse.ts';

export type Finding = z.infer<typeof finding>;

/** Lint, and golden leads that are not judged as agreed, each with its place in the text. */
export function examine(text: string): Finding[] {
  const { pact, locate } = parsePact(text);
  const broken = checkGolden(pact)
    .filter(({ ok }) => !ok)
    .map(({ index, expect, got, because }) => ({
      level: 'error' as const,
      code: 'golden',
      path: `golden[${index}]`,
      message: `wanted ${expect}, found ${got}: ${because}`,
      hint: 'change the clause, or what is expected of this lead',
    }));
  return [...lintPact(pact), ...broken].map((one) => {
    const { line, column } = locate(one.path);
    const { level, code, path, message, hint } = one;
    return { level, code, path, message, hint, line, column };
  });
}
