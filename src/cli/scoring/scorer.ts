/** Judges portions of a leads file and prints what is said of each lead. */
import type { Activity, Facts } from '#engine/facts/facts.ts';
import { explain } from '#engine/verdict/explain.ts';
import { attributesOf, cellsOf, isRefusal, type LeadHead, readHead } from '#platform/files/leads.ts';
import { Block } from '#platform/files/records.ts';
import { noTally, type Portion, type Scored, type ScoreJob } from './job.ts';
import { KnownActivities } from './known-activities.ts';
import { type Printer, printerFor } from './printer.ts';
import { type AttributeAnswers, QuickAnswers } from './quick-answers.ts';

const NONE: Activity[] = [];

export class Scorer {
  readonly #job: ScoreJob;
  readonly #activities: KnownActivities | null;
  readonly #printer: Printer;
  readonly #answers: QuickAnswers;
  /** Whom to tell the cell of each of the plan's attributes. */
  readonly #columns: AttributeAnswers[];

  constructor(job: ScoreJob) {
    this.#job = job;
    this.#activities = job.activities === null ? null : new KnownActivities(job.activities);
    this.#printer = printerFor(job);
    this.#answers = new QuickAnswers(job.pact, job.at);
    this.#columns = job.plan.attributes.map(({ name }) => this.#answers.of(name));
  }

  score({ text, width, bounds, places, order, skip, keys }: Portion): Scored {
    const { pact, at, plan, zone } = this.#job;
    const block = new Block(text, width, bounds, places);
    const style = { order, zone };
    const refusals: Scored['refusals'] = [];
    const tally = noTally();
    let printed = '';
    let skipped = 0;
    for (let row = 0; row < block.rows; row++) {
      if (skip[skipped] === row) {
        skipped++;
        continue;
      }
      const lead = readHead(plan, style, block, row);
      if (isRefusal(lead)) {
        refusals.push({ ...lead, line: block.line(row), row: block.raw(row) });
        continue;
      }
      const activities = this.#activitiesOf(keys, row);
      this.#tell(lead, block, row);
      const verdict = this.#answers.decide(activities);
      const reasons = this.#job.explain ? explain(pact, this.#facts(lead, block, row, activities), at) : null;
      tally[verdict.verdict]++;
      if (printed !== '') printed += this.#printer.between;
      printed += this.#printer.lead(lead.id, verdict, reasons);
    }
    return { text: printed, refusals, tally };
  }

  /** Tells each attribute's cell to whoever is asked of it. */
  #tell({ createdAt, dated }: LeadHead, block: Block, row: number): void {
    const { plan, at } = this.#job;
    const seen = createdAt === null || createdAt <= at;
    const { text, bounds, width } = block;
    for (let i = 0; i < this.#columns.length; i++) {
      const place = (row * width + plan.attributes[i]!.column) * 2;
      const [start, end] = [bounds[place]!, bounds[place + 1]!];
      const answers = this.#columns[i]!;
      if (!seen) answers.tellMissing();
      else if (dated !== null && i === plan.dated) answers.tell(dated, 0, dated.length);
      else if (end >= 0) answers.tell(text, start, end);
      else {
        const cell = block.cell(row, plan.attributes[i]!.column);
        answers.tell(cell, 0, cell.length);
      }
    }
  }

  #facts(lead: LeadHead, block: Block, row: number, activities: Activity[]): Facts {
    const { plan } = this.#job;
    const values = attributesOf(plan, cellsOf(plan, lead, block, row));
    return { id: lead.id, changes: [{ at: lead.createdAt, values }], activities };
  }

  #activitiesOf(keys: Int32Array | null, row: number): Activity[] {
    if (keys === null || this.#activities === null) return NONE;
    return this.#activities.of(keys[row * 2]!, keys[row * 2 + 1]!);
  }
}
