/** A text brought to say what another pact says, keeping what people wrote in it where that still stands. */
import { clausesOf, type PactClause } from '../clauses/clauses.ts';
import { same } from '../diff/change.ts';
import { digestPact } from '../digest.ts';
import { type Edit, partAt } from '../edit/apply.ts';
import { editPact } from '../edit/edit.ts';
import { language } from '../language/language.ts';
import type { Pact } from '../pact.ts';
import { parsePact } from '../parse.ts';
import { writePact } from '../write.ts';

/** The text, changed in those clauses alone that the pact says otherwise. */
export function rewrite(text: string, wanted: Pact): string {
  const now = parsePact(text).pact;
  const edits = editsBetween(now, wanted);
  if (edits.length === 0) return text;
  const edited = editPact(text, edits).text;
  return digestPact(parsePact(edited).pact) === digestPact(wanted) ? edited : writePact(wanted);
}

/** The clause by clause way from one pact to another. */
function editsBetween(now: Pact, wanted: Pact): Edit[] {
  const brief = language.brief(wanted);
  const value = ({ path, part, id, value }: PactClause): unknown =>
    partAt(brief, wayTo({ path, part, id })) ?? value;
  const [before, after] = [now, wanted].map(
    (pact) => new Map(clausesOf(pact).map((one) => [one.path, one])),
  ) as [Map<string, PactClause>, Map<string, PactClause>];
  const edits: Edit[] = [];
  for (const [path, clause] of before)
    if (!after.has(path) && clause.id !== null) edits.push({ do: 'remove', at: wayTo(clause) });
  let behind: { part: string; id: string | null } = { part: '', id: null };
  for (const [path, clause] of after) {
    const { part, id } = clause;
    if (behind.part !== part) behind = { part, id: null };
    const old = before.get(path);
    if (old === undefined && id !== null)
      edits.push({ do: 'add', at: [part], value: value(clause), after: behind.id });
    else if (old === undefined || !same(old.value, clause.value))
      edits.push({ do: 'set', at: wayTo(clause), value: value(clause) });
    behind = { part, id };
  }
  return [...edits, ...movesBetween(now, wanted)];
}

const LISTED = ['bad_leads', 'profile', 'interest', 'stages', 'fast_lanes', 'reasons'] as const;

/** Moves in lists whose common items stand in another order. */
function movesBetween(now: Pact, wanted: Pact): Edit[] {
  return LISTED.flatMap((part): Edit[] => {
    const [old, next] = [now[part], wanted[part]].map((items) => items.map(({ id }) => id)) as [
      string[],
      string[],
    ];
    const common = next.filter((id) => old.includes(id));
    if (
      same(
        common,
        old.filter((id) => next.includes(id)),
      )
    )
      return [];
    return next.map((id, i) => ({ do: 'move', at: [part, id], after: next[i - 1] ?? null }));
  });
}

const wayTo = ({ path, part, id }: Pick<PactClause, 'path' | 'part' | 'id'>): string[] => {
  if (id !== null) return [part, id];
  return path === part ? [part] : [part, path.slice(part.length + 1)];
};
