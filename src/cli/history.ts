/** History out of files: leads, what they did, how their deals ended. */
import type { Deal } from '#engine/backtest/backtest.ts';
import { type Columns, ColumnsBuilder, type Footprint } from '#engine/replay/columns.ts';
import { planActivities, readActivity } from '#platform/files/activities.ts';
import { decimalMark, readAmount } from '#platform/files/amounts.ts';
import { blocksInOrder } from '#platform/files/column-order.ts';
import { type DealRow, planDeals, readDeal } from '#platform/files/deals.ts';
import { detached, Kept } from '#platform/files/detached.ts';
import { leadKey } from '#platform/files/lead-keys.ts';
import { emailOf, isRefusal, planLeads, readLead } from '#platform/files/leads.ts';
import type { OwnWords } from '#platform/files/outcomes.ts';
import { quoted } from '#platform/files/rejects.ts';
import type { Reading } from './reading.ts';
import { counted, plural } from './terminal/text.ts';

export class History {
  readonly #reading: Reading;
  readonly #needs: Footprint;
  readonly #builder: ColumnsBuilder;
  readonly #byEmail = new Map<string, number>();
  /** Addresses that several leads have. */
  readonly #sharedEmails = new Set<string>();
  /** Those of them by which a lead was named. */
  readonly #ambiguous = new Set<string>();
  readonly #lines: number[] = [];
  /** What messages call the leads file. */
  #name = '';

  /** @param needs what of the files the pacts read */
  constructor(reading: Reading, needs: Footprint) {
    this.#reading = reading;
    this.#needs = needs;
    this.#builder = new ColumnsBuilder({ footprint: needs, shared: true });
  }

  /** How many activities have been read. */
  get activities(): number {
    return this.#builder.taken;
  }

  /** The history as columns; nothing can be added afterwards. */
  columns(): Columns {
    const [address] = this.#ambiguous;
    if (address !== undefined) {
      const others = this.#ambiguous.size === 1 ? '' : ` and ${counted(this.#ambiguous.size - 1)} more`;
      this.#reading.note(
        `${this.#name}: several leads have the address ${address}${others}; what is said of it counts for the first`,
      );
    }
    return this.#builder.finish();
  }

  async addLeads(given: string): Promise<void> {
    const reading = this.#reading;
    const { dates, zone } = reading.options;
    const table = await reading.open(given);
    const plan = planLeads(table.header, this.#needs.attributes, reading.options);
    reading.noteAbsent(table, plan.absent);
    this.#name = table.name;
    if (plan.createdAt === null) {
      reading.note(
        `${table.name} does not say when its leads were created (--created COLUMN): what is known of them holds from the beginning`,
      );
    }
    const add = this.#builder.changeRows(plan.attributes.map(({ name }) => name));
    const kept = new Kept();
    for await (const { block, order } of blocksInOrder(table, plan.createdAt, dates, reading.note)) {
      for (let row = 0; row < block.rows; row++) {
        const lead = readLead(plan, { order, zone }, block, row);
        if (isRefusal(lead)) {
          reading.refuse(table, block, row, lead);
          continue;
        }
        const before = this.#builder.find(lead.id);
        if (before !== undefined) {
          reading.refuse(table, block, row, {
            column: plan.id!.name,
            found: `${quoted(lead.id)}, which line ${this.#lines[before]} has already`,
            wanted: 'an id of its own',
          });
          continue;
        }
        const number = this.#builder.lead(detached(lead.id));
        this.#lines.push(block.line(row));
        add(
          number,
          lead.createdAt,
          lead.cells.map((cell) => kept.of(cell)),
        );
        const email = leadKey(emailOf(plan, block, row));
        if (this.#byEmail.has(email)) this.#sharedEmails.add(email);
        else if (email !== '') this.#byEmail.set(detached(email), number);
      }
      await reading.progress.at(`${table.name}: leads`, this.#lines.length, table.progress());
    }
  }

  async addActivities(given: string): Promise<void> {
    const reading = this.#reading;
    const { dates, zone } = reading.options;
    const table = await reading.open(given);
    const wanted = new Set([...this.#needs.properties.values()].flatMap((names) => [...names]));
    const plan = planActivities(table.name, table.header, wanted);
    const add = this.#builder.activityRows(plan.properties.map(({ name }) => name));
    const kept = new Kept();
    for await (const { block, order } of blocksInOrder(table, plan.at, dates, reading.note)) {
      for (let row = 0; row < block.rows; row++) {
        const activity = readActivity(plan, { order, zone }, block, row);
        if (isRefusal(activity)) {
          reading.refuse(table, block, row, activity);
          continue;
        }
        const lead = this.#find(activity.lead);
        if (lead === undefined) {
          reading.refuse(table, block, row, this.#stranger(plan.lead[0]!.name, activity.lead));
          continue;
        }
        add(
          lead,
          activity.at,
          kept.of(activity.type),
          activity.cells.map((cell) => kept.of(cell)),
        );
      }
      await reading.progress.at(`${table.name}: activities`, this.activities, table.progress());
    }
  }

  async readDeals(given: string, options: { outcome: string | undefined; own: OwnWords }): Promise<Deal[]> {
    const reading = this.#reading;
    const { dates, zone } = reading.options;
    const table = await reading.open(given);
    const plan = planDeals(table.name, table.header, options);
    const rows: { deal: DealRow; leads: number[] }[] = [];
    const unknown = new Map<string, number>();
    for await (const { block, order } of blocksInOrder(table, plan.closedAt, dates, reading.note)) {
      for (let row = 0; row < block.rows; row++) {
        const deal = readDeal(plan, { order, zone }, block, row);
        if (isRefusal(deal)) {
          reading.refuse(table, block, row, deal);
          continue;
        }
        const leads = deal.leads.map((key) => this.#find(key)).filter((lead) => lead !== undefined);
        if (leads.length === 0) {
          reading.refuse(table, block, row, this.#stranger(plan.lead[0]!.name, deal.leads.join(', ')));
          continue;
        }
        if (deal.unknown !== null) unknown.set(deal.unknown, (unknown.get(deal.unknown) ?? 0) + 1);
        rows.push({ deal, leads });
      }
    }
    this.#noteUnknown(table.name, unknown);
    return this.#withAmounts(table.name, rows);
  }

  #find(key: string): number | undefined {
    const byId = this.#builder.find(key);
    if (byId !== undefined) return byId;
    if (this.#sharedEmails.has(key)) this.#ambiguous.add(key);
    return this.#byEmail.get(key);
  }

  #stranger(column: string, key: string) {
    return { column, found: quoted(key), wanted: `a lead of ${this.#name}` };
  }

  #noteUnknown(file: string, unknown: ReadonlyMap<string, number>): void {
    if (unknown.size === 0) return;
    const words = [...unknown].slice(0, 10).map(([word, times]) => `${quoted(word)} (${counted(times)})`);
    const more = unknown.size > words.length ? ', …' : '';
    this.#reading.note(
      `${file}: read as open, for want of knowing better: ${words.join(', ')}${more}; --won and --lost say otherwise`,
    );
  }

  /** What a comma in an amount means is told by the column as a whole. */
  #withAmounts(file: string, rows: readonly { deal: DealRow; leads: number[] }[]): Deal[] {
    const mark = decimalMark(rows.map(({ deal }) => deal.amount));
    const unread = rows.filter(({ deal }) => deal.amount !== '' && readAmount(deal.amount, mark) === null);
    if (unread.length > 0) {
      this.#reading.note(
        `${file}: ${plural(unread.length, 'amount')} could not be read, such as ${quoted(unread[0]!.deal.amount)}; they count as unknown`,
      );
    }
    return rows.flatMap(({ deal: { outcome, closedAt, amount }, leads }) =>
      leads.map((lead) => ({ lead, outcome, closedAt, amount: readAmount(amount, mark) })),
    );
  }
}
