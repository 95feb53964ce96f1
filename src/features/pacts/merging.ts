/** A draft whose base moved, or that another draft is to become part of. */
import type { Merge } from '#contract/pact-texts.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { type Choice, type Merged, mergePacts } from '#engine/pact/merge/merge.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { behindOf, headAmong, standingsOf } from './base.ts';
import { heldDraft, noSuchVersion, revise, type VersionKey } from './drafting.ts';
import { ask, readAhead, readPact } from './reading/reading.ts';

type Sides = {
  base: { number: number | null; text: string | null };
  ours: string;
  theirs: { number: number; text: string };
};

/** What becomes of a draft when another version is merged into it: the one agreed upon, unless said otherwise. */
export async function previewMerge(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  other: number | undefined,
): Promise<Merge> {
  const sides = await sidesOf(tx, caller, key, other);
  const { taken, conflicts, problems, text } = await mergeTexts(sides, []);
  return {
    base: sides.base.number,
    ours: key.number,
    theirs: sides.theirs.number,
    taken,
    conflicts: conflicts.map(({ values, ...conflict }) => ({
      ...conflict,
      values: { base: values.base ?? null, ours: values.ours ?? null, theirs: values.theirs ?? null },
    })),
    problems,
    text,
  };
}

export type Merging = { with?: number | undefined; revision: number; choices: readonly Choice[] };

/** Merges it in. @throws HttpProblem 409 while a conflict has no choice, 422 when the sides make no pact together */
export async function merge(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  { with: other, revision, choices }: Merging,
  at: Instant,
): Promise<void> {
  const sides = await sidesOf(tx, caller, key, other);
  const { text, conflicts, problems } = await mergeTexts(sides, choices);
  if (conflicts.length > 0) {
    throw new HttpProblem(
      409,
      'conflicts',
      'Both sides changed the same clauses, each otherwise: say for each which is to hold.',
      { errors: conflicts.map(({ clause, said }) => ({ path: clause, message: said })) },
    );
  }
  if (text === null) {
    throw new HttpProblem(
      422,
      'not_a_pact',
      'The two do not make a pact together: change the draft first, see "errors".',
      { errors: problems.map((message) => ({ path: 'text', message })) },
    );
  }
  const head = headAmong(await standingsOf(tx, caller.workspace, key.pact));
  const base = head?.number === sides.theirs.number ? sides.theirs.number : null;
  await revise(tx, caller, key, { text, revision, merged: { texts: [sides.theirs.text], base } }, at);
}

async function mergeTexts(
  { base, ours, theirs }: Sides,
  choices: readonly Choice[],
): Promise<Omit<Merged, 'pact'> & { text: string | null }> {
  await readAhead(ours, theirs.text, ...(base.text === null ? [] : [base.text]));
  const { pact, ...said } = mergePacts(
    base.text === null ? null : readPact(base.text),
    readPact(ours),
    readPact(theirs.text),
    choices,
  );
  return { ...said, text: pact === null ? null : await ask('rewrite', { text: ours, wanted: pact }) };
}

async function sidesOf(tx: Tx, caller: Caller, key: VersionKey, given: number | undefined): Promise<Sides> {
  const draft = await heldDraft(tx, caller, key);
  const standings = await standingsOf(tx, caller.workspace, key.pact);
  const own = standings.find(({ number }) => number === key.number)!;
  const other = given ?? behindOf(own, standings);
  if (other === null) {
    throw new HttpProblem(
      409,
      'nothing_to_merge',
      `Version ${key.number} builds on what was last agreed upon: there is nothing to merge in.`,
    );
  }
  const bases = new Map(standings.map(({ number, base }) => [number, base]));
  const [mine, theirs] = [lineOf(bases, key.number), lineOf(bases, other)];
  if (!bases.has(other)) throw noSuchVersion(other);
  if (mine.includes(other)) {
    throw new HttpProblem(
      409,
      'nothing_to_merge',
      `Version ${key.number} was drafted from version ${other}: it is part of it already.`,
    );
  }
  const base = mine.find((number) => theirs.includes(number)) ?? null;
  const rows = await tx
    .selectFrom('versions')
    .select(['number', 'text'])
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', key.pact)
    .where('number', 'in', [other, ...(base === null ? [] : [base])])
    .execute();
  const textOf = (number: number): string => rows.find((row) => row.number === number)!.text;
  const baseText =
    base === null ? null : base === draft.base ? (draft.base_text ?? textOf(base)) : textOf(base);
  return {
    base: { number: base, text: baseText },
    ours: draft.text,
    theirs: { number: other, text: textOf(other) },
  };
}

/** A version, what it was drafted from, what that was drafted from, and so on. */
function lineOf(bases: ReadonlyMap<number, number | null>, number: number): number[] {
  const line: number[] = [];
  for (let at: number | null = number; at !== null && !line.includes(at); at = bases.get(at) ?? null)
    line.push(at);
  return line;
}
