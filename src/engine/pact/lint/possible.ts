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
import { type Candidate, candidates, gaps, isPlacing } from './candidates.ts';
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

/** Alternatives tried before giving up; then the claims count as possible. */
const PATIENCE = 5000;

type Leaf = Exclude<Node, { kind: 'all' | 'any' | 'not' }>;
type LeafClaim = { node: Leaf; demand: Demand };
/** Leaves that speak of the same thing are judged together; those of different things have nothing to do with each other. */
type Subject = string;

export class Possibilities {
  readonly #rules: Rules;
  readonly #fits: number[];
  readonly #interests: number[];
  readonly #stages: string[];
  readonly #candidates = new Map<string, Candidate[]>();

  /** `others` are conditions that are not the pact's own (routing rules), whose leaves `rules` has too. */
  constructor(rules: Rules, reach: Reach, others: readonly Node[] = []) {
    this.#rules = rules;
    const { grades } = rules.pact;
    const bounds = numbersIn([...conditionsOf(rules), ...others]);
    this.#fits = reachable([...bounds, ...Object.values(grades.fit)], reach.fit);
    this.#interests = reachable([...bounds, ...Object.values(grades.interest)], reach.interest);
    this.#stages = [
      'conversion',
      ...rules.stages.flatMap(({ id, levels }) => [id, ...levels.map((level) => `${id}/${level.name}`)]),
    ];
  }

  /** Whether some lead could meet all the claims at one instant. */
  possible(claims: readonly Claim[]): boolean {
    const search = { left: PATIENCE };
    return this.#search([...claims], [], new Map(), search);
  }

  /** Settles what must hold first, then tries one alternative after the other. */
  #search(
    pending: Claim[],
    choices: Claim[][],
    settled: Map<Subject, LeafClaim[]>,
    search: { left: number },
  ): boolean {
    const known = new Map(settled);
    const open = [...choices];
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
        const together = [...(known.get(subject) ?? []), { node, demand }];
        if (!this.#agree(together)) return false;
        known.set(subject, together);
      }
    }
    const choice = open.pop();
    if (choice === undefined) return true;
    for (const alternative of choice) {
      if (search.left-- <= 0) return true;
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
    const asked = claims.flatMap(({ node, demand }) =>
      node.kind === 'attribute' ? [{ leaf: node.leaf, demand, ...this.#rules.attributes[node.leaf]! }] : [],
    );
    return this.#candidatesFor(asked[0]!.attribute).some(({ value, exact }) =>
      asked.every(({ leaf, demand, test, source }) => {
        if (exact || isPlacing(testOf(source))) return meets[demand](test(value));
        // Which texts of the gap match a pattern is not known: only a test and its opposite exclude each other.
        const demands = asked.filter((other) => other.leaf === leaf).map((other) => other.demand);
        return ([true, false] as const).some((truth) => demands.every((one) => meets[one](truth)));
      }),
    );
  }

  #candidatesFor(attribute: string): Candidate[] {
    let found = this.#candidates.get(attribute);
    if (found === undefined) {
      const leaves = this.#rules.attributes.filter((leaf) => leaf.attribute === attribute);
      found = candidates(leaves.map(({ source }) => testOf(source)));
      this.#candidates.set(attribute, found);
    }
    return found;
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

  #scoreAgrees(claims: LeafClaim[]): boolean {
    const agrees = (kind: Leaf['kind'], value: number | string): boolean =>
      claims.every(({ node, demand }) => node.kind !== kind || meets[demand](askScore(node, value)));
    const fits = this.#fits.filter((fit) => agrees('fit', fit));
    const interests = this.#interests.filter((interest) => agrees('interest', interest));
    const { grades } = this.#rules.pact;
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

const conditionsOf = (rules: Rules): Node[] => [
  ...[rules.lead, rules.mql, ...rules.badLeads, ...rules.fastLanes],
  ...rules.profile.map(({ when }) => when),
  ...rules.stages.flatMap(({ when, levels }) => [when, ...levels.map((level) => level.when)]),
];

/** Every number that a fit or interest test names. */
function numbersIn(nodes: readonly Node[]): number[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'all' || node.kind === 'any') return numbersIn(node.of);
    if (node.kind === 'not') return numbersIn([node.of]);
    return node.kind === 'fit' || node.kind === 'interest' ? operandsOf(node.test) : [];
  });
}

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
