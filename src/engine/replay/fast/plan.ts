/**
 * A pact taken apart for speed, without a look at any data.
 *
 * Whatever attributes alone decide (mostly: the profile, and with it fit) changes only when an attribute does. Those
 * parts of the conditions are cut out as *statics* and worked out once per state of a lead, many leads at a time;
 * what remains is a small tree over statics, behaviour and interest. By Kleene's logic an `all` of some parts is the
 * `all` of the static ones and the others, so nothing changes in meaning.
 */
import { compilePact, type Node, type Rules } from '#engine/criterion/compile.ts';
import type { Pact } from '#engine/pact/pact.ts';

/** A condition on attributes alone (and on fit, when fit depends on nothing else). */
export type Static =
  | { kind: 'table'; table: number }
  | { kind: 'all' | 'any' | 'not'; of: Static[] }
  | { kind: 'fit'; holds: (fit: number) => boolean };

/** A part of a condition that asks for one attribute only, so that a table from value to truth answers it. */
type Table = { attribute: string; when: Node };

/** One step of working out fit, in the order in which points are added. */
export type FitStep =
  /** Points that one attribute's value gives, out of a table from value to points. */
  | { kind: 'points'; attribute: string; parts: { table: number; points: number }[] }
  | { kind: 'criterion'; when: Static; points: number };

export type Plan = {
  /** The pact's rules as they are. */
  rules: Rules;
  /** The rules with every static part as one leaf: attribute leaf `k` here asks `statics[k]`. */
  rest: Rules;
  statics: Static[];
  tables: Table[];
  /** How fit is worked out from attributes alone; null when it depends on behaviour. */
  fit: FitStep[] | null;
};

/** Takes a pact apart. */
export function plan(pact: Pact): Plan {
  const rules = compilePact(pact);
  const parts = new Parts(rules);
  const none: Node = { kind: 'any', of: [] };
  const rest: Rules = {
    ...rules,
    attributes: [],
    lead: parts.cut(rules.lead),
    badLeads: [parts.cut({ ...none, of: rules.badLeads })],
    profile: parts.fitIsStatic
      ? []
      : rules.profile.map(({ points, when }) => ({ points, when: parts.cut(when) })),
    stages: rules.stages.map(({ id, when, levels }) => ({
      id,
      when: parts.cut(when),
      levels: levels.map((level) => ({ name: level.name, when: parts.cut(level.when) })),
    })),
    mql: parts.cut({ ...none, of: [...rules.fastLanes, rules.mql] }),
    fastLanes: [],
  };
  const fit = parts.fitIsStatic ? parts.fit() : null;
  return { rules, rest, statics: parts.statics, tables: parts.tables, fit };
}

class Parts {
  readonly statics: Static[] = [];
  readonly tables: Table[] = [];
  readonly fitIsStatic: boolean;
  readonly #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.fitIsStatic = rules.profile.every(({ when }) =>
      asks(when).every(({ kind }) => kind === 'attribute'),
    );
  }

  /** The node with its static parts cut out. */
  cut(node: Node): Node {
    if (this.#isStatic(node)) return this.#leaf(node);
    if (node.kind === 'not') return { kind: 'not', of: this.cut(node.of) };
    if (node.kind !== 'all' && node.kind !== 'any') return node;
    const fixed = node.of.filter((part) => this.#isStatic(part));
    const moving = node.of.filter((part) => !this.#isStatic(part)).map((part) => this.cut(part));
    return {
      kind: node.kind,
      of: fixed.length === 0 ? moving : [this.#leaf({ ...node, of: fixed }), ...moving],
    };
  }

  /**
   * The steps of working out fit. When all points are whole numbers their sum is exact in any order, so that the
   * criteria of one attribute add up in one table; otherwise each criterion is a step, in the pact's order.
   */
  fit(): FitStep[] {
    const { profile } = this.#rules;
    const total = profile.reduce((sum, { points }) => sum + Math.abs(points), 0);
    const exact = profile.every(({ points }) => Number.isInteger(points)) && Number.isSafeInteger(total);
    const steps: FitStep[] = [];
    for (const { when, points } of profile) {
      const attribute = this.#onlyAttribute(when);
      if (attribute === null) {
        steps.push({ kind: 'criterion', when: this.#static(when), points });
        continue;
      }
      const part = { table: this.#table(attribute, when), points };
      const same = exact && steps.find((step) => step.kind === 'points' && step.attribute === attribute);
      if (same && same.kind === 'points') same.parts.push(part);
      else steps.push({ kind: 'points', attribute, parts: [part] });
    }
    return steps;
  }

  #isStatic(node: Node): boolean {
    return asks(node).every(({ kind }) => kind === 'attribute' || (kind === 'fit' && this.fitIsStatic));
  }

  #leaf(node: Node): Node {
    return { kind: 'attribute', leaf: this.statics.push(this.#static(node)) - 1 };
  }

  #static(node: Node): Static {
    const attribute = this.#onlyAttribute(node);
    if (attribute !== null) return { kind: 'table', table: this.#table(attribute, node) };
    switch (node.kind) {
      case 'all':
      case 'any':
        return { kind: node.kind, of: node.of.map((part) => this.#static(part)) };
      case 'not':
        return { kind: 'not', of: [this.#static(node.of)] };
      case 'fit':
        return { kind: 'fit', holds: node.holds };
      default:
        throw new TypeError(`a test on ${node.kind} is not decided by attributes alone`);
    }
  }

  #table(attribute: string, when: Node): number {
    const known = this.tables.findIndex((table) => sameNode(table.when, when));
    return known === -1 ? this.tables.push({ attribute, when }) - 1 : known;
  }

  /** The attribute that a condition asks for, when it asks for one and for nothing else. */
  #onlyAttribute(node: Node): string | null {
    const names = new Set(
      asks(node).map((leaf) =>
        leaf.kind === 'attribute' ? this.#rules.attributes[leaf.leaf]!.attribute : null,
      ),
    );
    const [name = null] = names;
    return names.size === 1 ? name : null;
  }
}

type Leaf = Exclude<Node, { kind: 'all' | 'any' | 'not' }>;

/** The leaves of a condition. */
export function asks(node: Node): Leaf[] {
  if (node.kind === 'all' || node.kind === 'any') return node.of.flatMap(asks);
  return node.kind === 'not' ? asks(node.of) : [node];
}

const sameNode = (a: Node, b: Node): boolean =>
  a === b || (a.kind === 'attribute' && b.kind === 'attribute' && a.leaf === b.leaf);
