/** Three-way merge of pacts: what each side changed since they parted, clause by clause. */
import { clausesByPath, nameClause, type PactClause, type PartName, sayClause } from '../clauses/clauses.ts';
import { same } from '../diff/change.ts';
import { diffPacts } from '../diff/diff.ts';
import type { GoldenLead, Owner, Pact } from '../pact.ts';
import { readPactValues } from '../parse.ts';
import { PactError } from '../problem.ts';
import { mergeOrder } from './order.ts';
import { CONFLICT, mergeValues } from './values.ts';

/** A clause that both sides changed, each otherwise. */
export type Conflict = {
  clause: string;
  owner: Owner;
  /** In words: what the clause is, and that both changed it. */
  said: string;
  /** What each side did with it, as sentences. */
  ours: string[];
  theirs: string[];
  /** What it says; undefined where it is not there. */
  values: { base?: unknown; ours?: unknown; theirs?: unknown };
};

/** What a conflicting clause is to say. */
export type Choice = { clause: string; take: 'ours' | 'theirs' | 'new'; value?: unknown };

export type Merged = {
  /** Null while there are conflicts or problems. */
  pact: Pact | null;
  /** What comes from the other side, as sentences. */
  taken: string[];
  conflicts: Conflict[];
  /** Why the sides do not make a pact together although they do not touch each other. */
  problems: string[];
};

/**
 * Merges. What only one side changed is taken from it; what both changed alike is taken once; within a clause, changes
 * of different keys go together, but a rule is taken whole.
 *
 * @param base what both come from; null when there is nothing: then every difference is a conflict
 * @param choices for the conflicts; a choice for what is no conflict changes nothing
 */
export function mergePacts(
  base: Pact | null,
  ours: Pact,
  theirs: Pact,
  choices: readonly Choice[] = [],
): Merged {
  const chosen = new Map(choices.map((choice) => [choice.clause, choice]));
  const clauses = {
    base: base === null ? new Map<string, PactClause>() : clausesByPath(base),
    ours: clausesByPath(ours),
    theirs: clausesByPath(theirs),
  };
  const paths = [...new Set([...clauses.ours.keys(), ...clauses.theirs.keys(), ...clauses.base.keys()])];
  const did = { isKnown: base !== null, ours: changesSince(base, ours), theirs: changesSince(base, theirs) };
  const merged = new Map<string, unknown>();
  const conflicts: Conflict[] = [];
  const foreign: string[] = [];
  for (const path of paths) {
    const [was, own, other] = [clauses.base, clauses.ours, clauses.theirs].map((side) => side.get(path));
    const value =
      path === 'golden'
        ? mergeGolden(base?.golden ?? [], ours.golden, theirs.golden)
        : base === null && !same(own?.value, other?.value)
          ? CONFLICT
          : mergeValues(was?.value, own?.value, other?.value);
    const choice = value === CONFLICT ? chosen.get(path) : undefined;
    if (value === CONFLICT && choice === undefined)
      conflicts.push(conflictOf(path, { was, own, other }, did));
    const settled = choice === undefined ? value : taken(choice, own?.value, other?.value);
    if (settled !== undefined && settled !== CONFLICT) merged.set(path, settled);
    if (!same(settled, own?.value)) foreign.push(path);
  }
  const orders = new Map<PartName, string[]>();
  for (const part of LISTED) {
    const ids = { base: idsIn(base, part), ours: idsIn(ours, part), theirs: idsIn(theirs, part) };
    const staying = new Set(
      [...merged.keys()].flatMap((path) =>
        path.startsWith(`${part}.`) ? [path.slice(part.length + 1)] : [],
      ),
    );
    let order = mergeOrder(ids, staying);
    if (order === CONFLICT) {
      const choice = chosen.get(part);
      // Only on the ladder does the order mean something; elsewhere either will do.
      if (part === 'stages' && choice === undefined) conflicts.push(turned(part, ids));
      const first =
        choice?.take ?? (JSON.stringify(ids.ours) < JSON.stringify(ids.theirs) ? 'ours' : 'theirs');
      const [lead, rest] = first === 'theirs' ? [ids.theirs, ids.ours] : [ids.ours, ids.theirs];
      order = [...new Set([...lead, ...rest])].filter((id) => staying.has(id));
    }
    orders.set(part, order);
  }
  const said = foreign.filter((path) => !conflicts.some(({ clause }) => clause === path));
  const words = { taken: sentences(base, theirs, said), conflicts };
  if (conflicts.length > 0) return { pact: null, ...words, problems: [] };
  return { ...words, ...assembled(merged, orders) };
}

/** Parts that are lists of clauses with ids. */
const LISTED = ['bad_leads', 'profile', 'interest', 'stages', 'fast_lanes', 'reasons'] as const;

const idsIn = (pact: Pact | null, part: (typeof LISTED)[number]): string[] =>
  (pact?.[part] ?? []).map(({ id }) => id);

const taken = ({ take, value }: Choice, ours: unknown, theirs: unknown): unknown =>
  take === 'new' ? (value ?? undefined) : take === 'ours' ? ours : theirs;

/** Golden leads have no ids: the same lead with the same activities is the same one. */
function mergeGolden(
  base: readonly GoldenLead[],
  ours: readonly GoldenLead[],
  theirs: readonly GoldenLead[],
): unknown {
  const sides = { base: byLead(base), ours: byLead(ours), theirs: byLead(theirs) };
  const values = new Map<string, unknown>();
  for (const key of new Set([...sides.ours.keys(), ...sides.theirs.keys()])) {
    const value = mergeValues(sides.base.get(key), sides.ours.get(key), sides.theirs.get(key));
    if (value === CONFLICT) return CONFLICT;
    if (value !== undefined) values.set(key, value);
  }
  const ids = {
    base: [...sides.base.keys()],
    ours: [...sides.ours.keys()],
    theirs: [...sides.theirs.keys()],
  };
  const order = mergeOrder(ids, new Set(values.keys()));
  return (order === CONFLICT ? [...values.keys()].sort() : order).map((key) => values.get(key));
}

/** The same lead given twice is two golden leads. */
function byLead(all: readonly GoldenLead[]): Map<string, GoldenLead> {
  const found = new Map<string, GoldenLead>();
  for (const one of all) {
    let key = JSON.stringify([one.lead, one.activities]);
    while (found.has(key)) key += ' again';
    found.set(key, one);
  }
  return found;
}

type Three = Record<'was' | 'own' | 'other', PactClause | undefined>;

/** Whether there is a base, and what each side changed since, in words, by the path of every part around it. */
type Did = { isKnown: boolean; ours: ReadonlyMap<string, string[]>; theirs: ReadonlyMap<string, string[]> };

function changesSince(base: Pact | null, side: Pact): Map<string, string[]> {
  const changes = new Map<string, string[]>();
  if (base === null) return changes;
  for (const { path, text } of diffPacts(base, side)) {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
      const part = path.slice(0, end);
      const known = changes.get(part);
      if (known === undefined) changes.set(part, [text]);
      else known.push(text);
    }
  }
  return changes;
}

function conflictOf(clause: string, { was, own, other }: Three, { isKnown, ours, theirs }: Did): Conflict {
  const what =
    !isKnown && (own === undefined || other === undefined)
      ? 'stands on one side alone'
      : own === undefined || other === undefined
        ? 'was changed on one side and taken out on the other'
        : was === undefined
          ? 'was written on both sides, each otherwise'
          : 'was changed on both sides, each otherwise';
  const said = (changes: ReadonlyMap<string, string[]>, at: PactClause | undefined): string[] => {
    if (at === undefined) return [isKnown ? 'It is taken out.' : 'It is not there.'];
    return changes.get(clause) ?? [sayClause(at)];
  };
  return {
    clause,
    owner: (was ?? own ?? other)!.owner,
    said: `${nameClause(clause)} ${what}.`,
    ours: said(ours, own),
    theirs: said(theirs, other),
    values: { base: was?.value, ours: own?.value, theirs: other?.value },
  };
}

const turned = (part: PartName, ids: Record<'base' | 'ours' | 'theirs', string[]>): Conflict => ({
  clause: part,
  owner: 'both',
  said: `The order of the ${part} was changed on both sides, each otherwise.`,
  ours: [ids.ours.join(', ')],
  theirs: [ids.theirs.join(', ')],
  values: ids,
});

/** What changed in some clauses, in words. */
function sentences(before: Pact | null, after: Pact, clauses: readonly string[]): string[] {
  if (before === null || clauses.length === 0) return [];
  const wanted = new Set(clauses);
  return diffPacts(before, after).flatMap(({ path, text }) => {
    const steps = path.split('.');
    const own = steps.some((_, i) => wanted.has(steps.slice(0, i + 1).join('.')));
    return own ? [text] : [];
  });
}

/** The clauses as one pact, if they are one. */
function assembled(
  clauses: ReadonlyMap<string, unknown>,
  orders: ReadonlyMap<PartName, readonly string[]>,
): Pick<Merged, 'pact' | 'problems'> {
  const plain: Record<string, unknown> = { language: 1 };
  for (const [path, value] of clauses) {
    const dot = path.indexOf('.');
    const part = dot < 0 ? path : path.slice(0, dot);
    if (dot < 0) plain[part] = value;
    else if (!orders.has(part as PartName)) {
      plain[part] = { ...(plain[part] as object | undefined), [path.slice(dot + 1)]: value };
    }
  }
  for (const [part, ids] of orders) plain[part] = ids.map((id) => clauses.get(`${part}.${id}`));
  try {
    return { pact: readPactValues(plain), problems: [] };
  } catch (error) {
    if (!(error instanceof PactError)) throw error;
    const problems = error.problems.map(({ path, message, hint }) => {
      const where = path === '' ? message : `${path}: ${message}`;
      return hint === undefined ? where : `${where}; ${hint}`;
    });
    return { pact: null, problems };
  }
}
