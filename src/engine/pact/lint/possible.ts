/**
 * Whether claims about a lead can be true together, so that lint can say what no lead will ever reach.
 *
 * "No" is certain; "yes" may be too hopeful (fit is taken to reach every value up to its most, different activities
 * to have nothing to do with each other), so nothing is reported that some lead could contradict.
 */
import type { Node, Rules } from '#engine/criterion/compile.ts';
import type { NumberTest } from '#engine/pact/pact.ts';
import { gradeOf } from '#engine/verdict/grade.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import { candidates, gaps, isPlacing } from './candidates.ts';
import type { Reach } from './reach.ts';

/** What is claimed of a condition; `not_true` leaves false and unknown. */
type Demand = 'true' | 'false' | 'not_true' | 'not_false';
export type Claim = { node: Node; demand: Demand };

export const isTrue = (node: Node): Claim => ({ node, demand: 'true' });
export const isNotTrue = (node: Node): Claim => ({ node, demand: 'not_true' });

const OPPOSITE: Record<Demand, Demand> = {
  true: 'false',
  false: 'true',
  not_true: 'not_false',
  not_false: 'not_true',
};
const meets: Record<Demand, (truth: Truth) => boolean> = {
  true: (truth) => truth === true,
  false: (truth) => truth === false,
  not_true: (truth) => truth !== true,
  not_false: (truth) => truth !== false,
};

/** Alternatives tried for one question, and for all of them, before giving up; then the claims count as possible. */
const PATIENCE = 5000;
const PATIENCE_IN_ALL = 50_000;

type Leaf = Exclude<Node, { kind: 'all' | 'any' | 'not' }>;
type LeafClaim = { node: Leaf; demand: Demand };
/** Leaves that speak of the same thing are judged together; those of different things have nothing to do with each other. */
type Subject = string;

export class Possibilities {
  readonly #rules: Rules;
  readonly #reach: Reach;
  readonly #stages: string[];
  #patience = PATIENCE_IN_ALL;

  constructor(rules: Rules, reach: Reach) {
    this.#rules = rules;
    this.#reach = reach;
    this.#stages = [
      'conversion',
      ...rules.stages.flatMap(({ id, levels }) => [id, ...levels.map((level) => `${id}/${level.name}`)]),
    ];
  }

  /** Whether some lead could meet all the claims at one instant. */
  possible(claims: readonly Claim[]): boolean {
    const given = Math.min(PATIENCE, this.#patience);
    const search = { left: given };
    const found = this.#search([...claims], [], new Map(), search);
    this.#patience -= given - search.left;
    return found;
  }

  /** Settles what must hold first, then tries one alternative after the other. */
  #search(
    pending: Claim[],
    choices: Claim[][],
    settled: ReadonlyMap<Subject, LeafClaim[]>,
    search: { left: number },
  ): boolean {
    const open = [...choices];
    const fresh = new Map<Subject, LeafClaim[]>();
    for (let claim = pending.pop(); claim !== undefined; claim = pending.pop()) {
      const { node, demand } = claim;
      if (node.kind === 'not') pending.push({ node: node.of, demand: OPPOSITE[demand] });
      else if (node.kind === 'all' || node.kind === 'any') {
        const parts = node.of.map((part) => ({ node: part, demand }));
        const everyPart = (node.kind === 'all') === (demand === 'true' || demand === 'not_false');
        if (everyPart) pending.push(...parts);
        else open.push(parts);
      } else {
        const subject = this.#subject(node);
        let together = fresh.get(subject);
        if (together === undefined) {
          together = [...(settled.get(subject) ?? [])];
          fresh.set(subject, together);
        }
        together.push({ node, demand });
      }
    }
    for (const together of fresh.values()) if (!this.#agree(together)) return false;
    const choice = open.pop();
    if (choice === undefined) return true;
    const known = new Map([...settled, ...fresh]);
    for (const alternative of choice) {
      if (search.left === 0) return true;
      search.left--;
      if (this.#search([alternative], open, known, search)) return true;
    }
    return false;
  }

  #subject(node: Leaf): Subject {
    if (node.kind === 'attribute') return `attribute ${this.#rules.attributes[node.leaf]!.attribute}`;
    if (node.kind === 'did') {
      const { type, source } = this.#rules.dids[node.leaf]!;
      return `did ${type} ${JSON.stringify(source.where)}`;
    }
    return node.kind === 'stage' ? 'stage' : 'score';
  }

  #agree(claims: LeafClaim[]): boolean {
    switch (claims[0]!.node.kind) {
      case 'attribute':
        return this.#attributeAgrees(claims);
      case 'did':
        return this.#didAgrees(claims);
      case 'stage':
        return this.#stages.some((stage) =>
          claims.every(({ node, demand }) => node.kind !== 'stage' || meets[demand](node.holds(stage))),
        );
      default:
        return this.#scoreAgrees(claims);
    }
  }

  #attributeAgrees(claims: LeafClaim[]): boolean {
    const asked = claims
      .flatMap(({ node, demand }) =>
        node.kind === 'attribute' ? [{ leaf: node.leaf, demand, ...this.#rules.attributes[node.leaf]! }] : [],
      )
      .sort((a, b) => Number(b.demand === 'true') - Number(a.demand === 'true')); // what few values meet comes first
    return candidates(asked.map(({ source }) => testOf(source))).some(({ value, exact }) =>
      asked.every(({ leaf, demand, test, source }) => {
        if (exact || isPlacing(testOf(source))) return meets[demand](test(value));
        // Which texts of the gap match a pattern is not known: only a test and its opposite exclude each other.
        const demands = asked.filter((other) => other.leaf === leaf).map((other) => other.demand);
        return ([true, false] as const).some((truth) => demands.every((one) => meets[one](truth)));
      }),
    );
  }

  /** How often, within each window: never more often in a shorter one than in a longer one. */
  #didAgrees(claims: LeafClaim[]): boolean {
    const asked = claims
      .flatMap(({ node, demand }) =>
        node.kind === 'did' ? [{ demand, ...this.#rules.dids[node.leaf]! }] : [],
      )
      .sort((a, b) => a.within - b.within);
    const counts = countsIn(asked.map(({ source }) => source.times));
    let least = 0;
    for (const window of new Set(asked.map(({ within }) => within))) {
      const here = asked.filter(({ within }) => within === window);
      const count = counts.find(
        (n) => n >= least && here.every(({ times, demand }) => meets[demand](times(n))),
      );
      if (count === undefined) return false;
      least = count;
    }
    return true;
  }

  /** Fit and interest are tried at every value named, between them and at both ends; a grade follows from the two. */
  #scoreAgrees(claims: LeafClaim[]): boolean {
    const { grades } = this.#rules.pact;
    const graded = claims.some(({ node }) => node.kind === 'grade');
    const agrees = (kind: Leaf['kind'], value: number | string): boolean =>
      claims.every(({ node, demand }) => node.kind !== kind || meets[demand](askScore(node, value)));
    const [fits, interests] = (['fit', 'interest'] as const).map((axis) => {
      const named = claims.flatMap(({ node }) => (node.kind === axis ? operandsOf(node.test) : []));
      const bounds = graded ? [...named, ...Object.values(grades[axis])] : named;
      return reachable(bounds, this.#reach[axis]).filter((value) => agrees(axis, value));
    }) as [number[], number[]];
    if (!graded) return fits.length > 0 && interests.length > 0;
    return fits.some((fit) => interests.some((interest) => agrees('grade', gradeOf(grades, fit, interest))));
  }
}

function askScore(node: Leaf, value: number | string): Truth {
  switch (node.kind) {
    case 'fit':
    case 'interest':
      return node.holds(Number(value));
    case 'grade':
      return node.holds(String(value));
    default:
      throw new TypeError(`a ${node.kind} test is no test of a score`);
  }
}

const testOf = ({ attribute: _, ...test }: Rules['attributes'][number]['source']) => test;

const operandsOf = (test: NumberTest): number[] => Object.values(test).flat().map(Number);

/** The scores worth trying, from 0 to the most that can be reached. */
const reachable = (bounds: readonly number[], most: number): number[] =>
  [...new Set([0, ...bounds, ...gaps(bounds), most])].filter(
    (n) => Number.isFinite(n) && n >= 0 && n <= most,
  );

/** The counts worth trying, in ascending order. */
function countsIn(tests: readonly NumberTest[]): number[] {
  const named = tests.flatMap(operandsOf);
  const near = named.flatMap((n) => [Math.floor(n) - 1, Math.floor(n), Math.ceil(n), Math.ceil(n) + 1]);
  return [...new Set([0, 1, ...near])].filter((n) => n >= 0).sort((a, b) => a - b);
}
