/** What can become of a lead as it stands, before its interest is worked out. */
import { holds, type Node, type Rules, type World } from '#engine/criterion/compile.ts';
import { type Known, LETTERS, Needs } from './need.ts';
import { asks } from './plan.ts';
import { BAD_LEAD, NOT_MQL, VISITOR } from './tracks.ts';
import { toTruth } from './truth.ts';

export type Prospect = {
  /** The interest below which its verdict cannot be `mql`; Infinity when it cannot be in any case. */
  need: number;
  /** The code of its verdict while it is not `mql`; null when that depends on interest too. */
  otherwise: number | null;
};

/** Less than rounding can take from a sum of millions of terms: needs are held against bounds that were added up. */
const MARGIN = 1 - 1e-9;

/** How many prospects are remembered at most. */
const MEMORY = 4096;

/** Gives the prospect of a lead, worked out once for each way in which a lead can stand where these are not too many. */
export function prospectsBy(rules: Rules): (known: Known) => Prospect {
  const needs = new Needs(rules);
  const need = needs.ofMql();
  const asked = [rules.lead, ...rules.badLeads].flatMap(asks);
  const decided = asked.every(isDecided);
  const workOut = (known: Known): Prospect => ({
    need: need(known) * MARGIN,
    otherwise: decided ? verdictWithout(rules, known) : null,
  });

  // What the need can do without, the verdict without an MQL may still ask for.
  const statics = leavesOf('attribute', needs.statics, asked);
  const dids = leavesOf('did', needs.dids, asked);
  const ways = 3 ** statics.length * 2 ** dids.length * LETTERS;
  if (ways > MEMORY) return workOut;
  const memory: (Prospect | undefined)[] = Array.from({ length: ways });
  return (known) => {
    let way = needs.letters(known);
    for (const leaf of statics) way = way * 3 + known.static(leaf);
    for (const leaf of dids) way = way * 2 + (known.did(leaf) ? 1 : 0);
    const before = memory[way];
    if (before !== undefined) return before;
    const prospect = workOut(known);
    memory[way] = prospect;
    return prospect;
  };
}

const leavesOf = (kind: 'attribute' | 'did', needed: Iterable<number>, asked: readonly Node[]): number[] => [
  ...new Set([...needed, ...asked.flatMap((node) => (node.kind === kind ? [node.leaf] : []))]),
];

const isDecided = ({ kind }: Node): boolean => kind === 'attribute' || kind === 'did';

/** The verdict of a lead that is not an MQL, where conditions ask for attributes and behaviour alone. */
function verdictWithout({ lead, badLeads }: Rules, known: Known): number {
  const world: World = {
    attribute: (leaf) => toTruth(known.static(leaf)),
    did: (leaf) => known.did(leaf),
    ...openQuestions,
  };
  if (holds(lead, world) !== true) return VISITOR;
  return badLeads.some((bad) => holds(bad, world) === true) ? BAD_LEAD : NOT_MQL;
}

const refuse = () => {
  throw new TypeError('interest has not been worked out');
};
const openQuestions = { fit: refuse, interest: refuse, grade: refuse, stage: refuse };
