/** Deals out of a file, each with the lead it came of. Said again with another stage, a deal has moved on. */
import { cleanText } from '#features/intake/clean.ts';
import { decimalMark, readAmount } from '#platform/files/amounts.ts';
import { readDate } from '#platform/files/dates.ts';
import { type DealRow, planDeals, readDeal } from '#platform/files/deals.ts';
import type { Column, Header } from '#platform/files/header.ts';
import { dealHeaders } from '#platform/files/known-headers.ts';
import type { Refusal } from '#platform/files/leads.ts';
import type { Block } from '#platform/files/records.ts';
import { quoted } from '#platform/files/rejects.ts';
import { messageKey, newId } from '#platform/ids.ts';
import { findLeads, markLeads } from './find-leads.ts';
import type { OpenReader } from './kind.ts';

type ImportedDeal = DealRow & {
  externalId: string;
  name: string | null;
  stage: string | null;
  reason: string | null;
  openedAt: number | null;
};

const headers = {
  id: ['deal id', 'opportunity id', 'record id', 'id'],
  name: ['deal name', 'opportunity name', 'name'],
  openedAt: ['opened at', 'create date', 'created date', 'created at', 'created'],
  reason: ['reason', 'closed lost reason', 'closed won reason', 'lost reason', 'loss reason', 'win reason'],
};

export const openDeals: OpenReader<ImportedDeal> = (header, file, options, { now }) => {
  const plan = planDeals(file, header, { own: { won: new Set(), lost: new Set() } });
  const extra = extraColumns(header, plan.lead);
  return {
    dated: plan.closedAt ?? extra.openedAt,
    // Whether a comma in an amount is a decimal mark, the column tells as a whole.
    together: true,
    read: (style, block, row) => {
      const deal = readDeal(plan, style, block, row);
      if ('wanted' in deal) return deal;
      const text = (column: Column | null): string | null => textOf(column, block, row);
      const name = text(extra.name);
      const id = text(extra.id) ?? messageKey(JSON.stringify([deal.leads, name ?? block.raw(row)]));
      const opened = text(extra.openedAt);
      return {
        ...deal,
        leads: deal.leads.map(cleanText),
        externalId: `${options.system}:${id}`.slice(0, 512),
        name,
        stage: text(extra.stage),
        reason: text(extra.reason),
        openedAt: opened === null ? null : readDate(opened, style),
      };
    },
    prepare: async (batch, all) => {
      const mark = decimalMark((all ?? batch).map(({ value }) => value.amount));
      return async (scope) => {
        const leads = await findLeads(
          scope,
          batch.flatMap(({ value }) => value.leads),
          options,
        );
        const refused = new Map<number, Refusal>();
        // A deal that a file has twice stands as its last row says.
        const known = new Map<string, ImportedDeal & { lead: number; sum: number | null }>();
        for (const [i, { value }] of batch.entries()) {
          const lead = value.leads.map((key) => leads.get(key)).find((number) => number !== undefined);
          const sum = value.amount === '' ? null : readAmount(value.amount, mark);
          if (lead === undefined) refused.set(i, stranger(plan.lead[0]!, value));
          else if (value.amount !== '' && (sum === null || Math.abs(sum) >= 1e16))
            refused.set(i, noAmount(plan.amount!, value));
          else known.set(value.externalId, { ...value, lead, sum });
        }
        const deals = [...known.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
        const changed = await scope.query<{ lead: number | null }>(
          `INSERT INTO deals AS d (workspace_id, id, lead, account_id, origin, external_id, name, amount, stage, opened_at, outcome, closed_at, reason)
           SELECT $1, g.id, g.lead, r.account_id, 'import', g.external_id, g.name, g.amount, g.stage, g.opened_at, g.outcome, g.closed_at, g.reason
           FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::numeric[], $7::text[], $8::timestamptz[], $9::text[], $10::timestamptz[], $11::text[])
             AS g(id, lead, external_id, name, amount, stage, opened_at, outcome, closed_at, reason)
             JOIN leads l ON l.workspace_id = $1 AND l.number = g.lead
             JOIN leads r ON r.workspace_id = $1 AND r.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END
           ON CONFLICT (workspace_id, external_id) DO UPDATE SET name = excluded.name, amount = excluded.amount, stage = excluded.stage,
             outcome = excluded.outcome, closed_at = excluded.closed_at, reason = coalesce(excluded.reason, d.reason), revision = d.revision + 1
           WHERE d.origin = 'import' AND (d.name, d.amount, d.stage, d.outcome, d.closed_at, d.reason)
             IS DISTINCT FROM (excluded.name, excluded.amount, excluded.stage, excluded.outcome, excluded.closed_at, coalesce(excluded.reason, d.reason))
           RETURNING d.lead`,
          [
            scope.workspace,
            deals.map(() => newId(now)),
            deals.map(({ lead }) => lead),
            deals.map(({ externalId }) => externalId),
            deals.map(({ name }) => name),
            deals.map(({ sum }) => sum),
            deals.map(({ stage }) => stage),
            deals.map(({ openedAt, closedAt }) => new Date(openedAt ?? closedAt ?? now).toISOString()),
            deals.map(({ outcome }) => outcome),
            deals.map(({ outcome, closedAt }) =>
              outcome === 'open' || closedAt === null ? null : new Date(closedAt).toISOString(),
            ),
            deals.map(({ reason }) => reason),
          ],
        );
        await markLeads(
          scope,
          changed.flatMap(({ lead }) => lead ?? []),
          () => newId(now),
        );
        return { refused };
      };
    },
  };
};

type Extra = Record<keyof typeof headers | 'stage', Column | null>;

/** Columns beside those of every deals file; what names the lead is not the deal's own id. */
function extraColumns(header: Header, lead: readonly Column[]): Extra {
  const taken = new Set(lead.map(({ index }) => index));
  const id = headers.id
    .map((name) => header.first([name]))
    .find((one) => one !== null && !taken.has(one.index));
  return {
    id: id ?? null,
    name: header.first(headers.name),
    openedAt: header.first(headers.openedAt),
    reason: header.first(headers.reason),
    stage: header.first(dealHeaders.stage),
  };
}

function textOf(column: Column | null, block: Block, row: number): string | null {
  const text = column === null ? '' : cleanText(block.cell(row, column.index)).trim();
  return text === '' ? null : text;
}

const stranger = ({ name }: Column, { leads }: ImportedDeal): Refusal => ({
  column: name,
  found: quoted(leads.join(', ')),
  wanted: 'a lead that is known: import leads first',
});

const noAmount = ({ name }: Column, { amount }: ImportedDeal): Refusal => ({
  column: name,
  found: quoted(amount),
  wanted: 'an amount such as 1200, 1,200.50 or 1.200,50',
});
