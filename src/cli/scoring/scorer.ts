/** Judges portions of a leads file and prints what is said of each lead. */
import type { Activity, Facts } from '#engine/facts/facts.ts';
import { explain } from '#engine/verdict/explain.ts';
import type { Verdict } from '#engine/verdict/verdict.ts';
import { attributesOf, isRefusal, type Lead, type LeadPlan, readLead } from '#platform/files/leads.ts';
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
    const lines: string[] = [];
    let skipped = 0;
    for (let row = 0; row < block.rows; row++) {
      if (skip[skipped] === row) {
        skipped++;
        continue;
      }
      const lead = readLead(plan, style, block, row);
      if (isRefusal(lead)) {
        refusals.push({ ...lead, line: block.line(row), row: block.raw(row) });
        continue;
      }
      const activities = this.#activitiesOf(keys, row);
      const verdict = this.#judge(lead, activities);
      const reasons = this.#job.explain ? explain(pact, factsOf(plan, lead, activities), at) : null;
      tally[verdict.verdict]++;
      lines.push(this.#printer.lead(lead.id, verdict, reasons));
    }
    return { text: lines.join(this.#printer.between), refusals, tally };
  }

  #judge({ createdAt, cells }: Lead, activities: Activity[]): Verdict {
    const seen = createdAt === null || createdAt <= this.#job.at;
    for (let i = 0; i < cells.length; i++) this.#columns[i]!.tell(seen ? cells[i]! : '');
    return this.#answers.decide(activities);
  }

  #activitiesOf(keys: Int32Array | null, row: number): Activity[] {
    if (keys === null || this.#activities === null) return NONE;
    return this.#activities.of(keys[row * 2]!, keys[row * 2 + 1]!);
  }
}

const factsOf = (plan: LeadPlan, { id, createdAt, cells }: Lead, activities: Activity[]): Facts => ({
  id,
  changes: [{ at: createdAt, values: attributesOf(plan, cells) }],
  activities,
});
