/** How leads stand at one instant, out of what is known of each: all leads of a block are asked at once. */
import type { Node, Rules } from '#engine/criterion/compile.ts';
import { cellOf, GRADES } from '#engine/verdict/grade.ts';
import { asks } from './plan.ts';
import type { States } from './states.ts';
import { BAD_LEAD, CONVERSION, MQL, NOT_MQL, type Standings, stageNames, VISITOR } from './tracks.ts';
import { combine, FALSE, TRUE, type Truths } from './truth.ts';

/** The most leads in a block: so few that all that is worked out for them stays near the processor. */
export const BLOCK = 1024;

/** The `did` tests that a pact's conditions ask for. */
export function didsAsked({ lead, badLeads, profile, stages, mql, fastLanes }: Rules): Set<number> {
  const conditions = [lead, mql, ...badLeads, ...fastLanes, ...profile.map(({ when }) => when)];
  for (const { when, levels } of stages) conditions.push(when, ...levels.map((level) => level.when));
  return didsIn(conditions);
}

/** Those that its verdict alone hangs on. */
export function didsOfVerdict(rules: Rules): Set<number> {
  const { lead, badLeads, profile, mql, fastLanes } = rules;
  const conditions = [lead, mql, ...badLeads, ...fastLanes, ...profile.map(({ when }) => when)];
  const onStages = conditions.flatMap(asks).some(({ kind }) => kind === 'stage');
  return onStages ? didsAsked(rules) : didsIn(conditions);
}

const didsIn = (conditions: readonly Node[]): Set<number> =>
  new Set(conditions.flatMap(asks).flatMap((leaf) => (leaf.kind === 'did' ? [leaf.leaf] : [])));

export class Standing {
  /** To be filled in for each lead of a block: the place of its state in the window on states, … */
  readonly place = new Uint32Array(BLOCK);
  /** …its interest, … */
  readonly interest = new Float64Array(BLOCK);
  /** …and the truth of each `did` test that conditions ask for. */
  readonly dids: readonly { leaf: number; truths: Truths }[];

  readonly #rules: Rules;
  readonly #states: States;
  readonly #stages: readonly string[];
  readonly #buffers = new Map<Node, Truths>();
  readonly #tables = new Map<Node, readonly boolean[]>();
  readonly #fit = new Float64Array(BLOCK);
  readonly #grade = new Uint8Array(BLOCK);
  readonly #ladder = new Uint16Array(BLOCK);
  /** How many leads the block has, and which of the three above are worked out for them. */
  #leads = 0;
  #has = { fit: false, grade: false, ladder: false };

  /** `rules` are a plan's rest, whose attribute leaves are the statics that `states` answers. */
  constructor(rules: Rules, states: States) {
    this.#rules = rules;
    this.#states = states;
    this.#stages = stageNames(rules.pact);
    this.dids = Array.from(didsAsked(rules), (leaf) => ({ leaf, truths: new Uint8Array(BLOCK) }));
  }

  /** Writes how the first `leads` leads of the block stand, from place `to` on. */
  write(leads: number, out: Standings, to: number): void {
    this.#leads = leads;
    this.#has = { fit: false, grade: false, ladder: false };
    const lead = this.#ask(this.#rules.lead);
    const bads = this.#rules.badLeads.map((bad) => this.#ask(bad));
    const mql = this.#ask(this.#rules.mql);
    const [fit, grade, ladder] = [this.#fits(), this.#grades(), this.#standsOn()];
    for (let i = 0; i < leads; i++) {
      let verdict = mql[i] === TRUE ? MQL : NOT_MQL;
      for (const bad of bads) if (bad[i] === TRUE) verdict = BAD_LEAD;
      if (lead[i] !== TRUE) verdict = VISITOR;
      out.verdict[to + i] = verdict;
      out.fit[to + i] = fit[i]!;
      out.interest[to + i] = this.interest[i]!;
      out.grade[to + i] = grade[i]!;
      out.stage[to + i] = verdict === NOT_MQL ? ladder[i]! : verdict;
    }
  }

  #ask(node: Node): Truths {
    if (node.kind === 'did') return this.dids.find(({ leaf }) => leaf === node.leaf)!.truths;
    const out = this.#buffer(node);
    switch (node.kind) {
      case 'all':
      case 'any': {
        const parts = node.of.map((part) => this.#ask(part));
        combine[node.kind](parts, out, this.#leads);
        break;
      }
      case 'not':
        combine.not([this.#ask(node.of)], out, this.#leads);
        break;
      case 'attribute': {
        const truths = this.#states.truths[node.leaf]!;
        for (let i = 0; i < this.#leads; i++) out[i] = truths[this.place[i]!]!;
        break;
      }
      case 'fit':
      case 'interest': {
        const amounts = node.kind === 'fit' ? this.#fits() : this.interest;
        for (let i = 0; i < this.#leads; i++) out[i] = node.holds(amounts[i]!) ? TRUE : FALSE;
        break;
      }
      case 'grade':
      case 'stage': {
        const codes = node.kind === 'grade' ? this.#grades() : this.#standsOn();
        const table = this.#table(node, node.kind === 'grade' ? GRADES : this.#stages);
        for (let i = 0; i < this.#leads; i++) out[i] = table[codes[i]!] ? TRUE : FALSE;
        break;
      }
    }
    return out;
  }

  #fits(): Float64Array {
    const fit = this.#fit;
    if (this.#has.fit) return fit;
    if (this.#states.fit !== null) {
      for (let i = 0; i < this.#leads; i++) fit[i] = this.#states.fit[this.place[i]!]!;
    } else {
      fit.fill(0);
      for (const { points, when } of this.#rules.profile) {
        const truths = this.#ask(when);
        for (let i = 0; i < this.#leads; i++) if (truths[i] === TRUE) fit[i]! += points;
      }
      for (let i = 0; i < this.#leads; i++) fit[i] = Math.max(0, fit[i]!);
    }
    this.#has.fit = true;
    return fit;
  }

  #grades(): Uint8Array {
    if (this.#has.grade) return this.#grade;
    const { grades } = this.#rules.pact;
    const fit = this.#fits();
    for (let i = 0; i < this.#leads; i++) this.#grade[i] = cellOf(grades, fit[i]!, this.interest[i]!);
    this.#has.grade = true;
    return this.#grade;
  }

  /** Marketing's ladder from its foot up: whatever holds later stands higher. */
  #standsOn(): Uint16Array {
    if (this.#has.ladder) return this.#ladder;
    this.#ladder.fill(CONVERSION);
    let code = CONVERSION;
    for (const { when, levels } of this.#rules.stages) {
      const stands = this.#ask(when);
      const stage = ++code;
      for (let i = 0; i < this.#leads; i++) if (stands[i] === TRUE) this.#ladder[i] = stage;
      for (const level of levels) {
        const truths = this.#ask(level.when);
        code++;
        for (let i = 0; i < this.#leads; i++) {
          if (stands[i] === TRUE && truths[i] === TRUE) this.#ladder[i] = code;
        }
      }
    }
    this.#has.ladder = true;
    return this.#ladder;
  }

  /** For each name whether a test on names holds; asked once. */
  #table(node: Extract<Node, { kind: 'grade' | 'stage' }>, names: readonly string[]): readonly boolean[] {
    let table = this.#tables.get(node);
    if (table === undefined) {
      table = names.map((name) => node.holds(name));
      this.#tables.set(node, table);
    }
    return table;
  }

  #buffer(node: Node): Truths {
    let buffer = this.#buffers.get(node);
    if (buffer === undefined) {
      buffer = new Uint8Array(BLOCK);
      this.#buffers.set(node, buffer);
    }
    return buffer;
  }
}
