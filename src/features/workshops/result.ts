/** What came of a workshop, once both have finished: how far they agree, and on what they do not. */
import type { WorkshopResult, WorkshopSummary } from '#contract/workshops.ts';
import { agreementOf, disagreements } from '#engine/measures/agreement.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { BlindPacket } from './packet.ts';

type Label = 'good' | 'not_good';
type Row = {
  place: number;
  lead: string;
  why: 'sample' | 'disputed';
  packet: BlindPacket;
  verdict: string | null;
  fit: number | null;
  interest: number | null;
  marketing: Label;
  sales: Label;
  marketing_note: string | null;
  sales_note: string | null;
};

const labelled = (query: Query, workspace: string, id: string): Promise<Row[]> =>
  query<Row>(
    `SELECT w.place, l.id AS lead, w.why, w.packet, w.verdict, w.fit, w.interest,
       m.label AS marketing, s.label AS sales, m.note AS marketing_note, s.note AS sales_note
     FROM workshop_leads w
     JOIN leads l ON l.workspace_id = w.workspace_id AND l.number = w.lead
     JOIN workshop_labels m ON m.workspace_id = w.workspace_id AND m.workshop_id = w.workshop_id
       AND m.place = w.place AND m.party = 'marketing'
     JOIN workshop_labels s ON s.workspace_id = w.workspace_id AND s.workshop_id = w.workshop_id
       AND s.place = w.place AND s.party = 'sales'
     WHERE w.workspace_id = $1 AND w.workshop_id = $2 ORDER BY w.place`,
    [workspace, id],
  );

export const agreementIn = async (
  query: Query,
  workspace: string,
  id: string,
): Promise<WorkshopSummary['agreement']> => agreementAmong(await labelled(query, workspace, id));

function agreementAmong(rows: readonly Row[]): NonNullable<WorkshopSummary['agreement']> {
  const count = (marketing: Label, sales: Label) =>
    rows.filter((row) => row.marketing === marketing && row.sales === sales).length;
  const counts = {
    both_good: count('good', 'good'),
    both_not: count('not_good', 'not_good'),
    marketing_only: count('good', 'not_good'),
    sales_only: count('not_good', 'good'),
  };
  const { n, agreement, kappa, interval, unclear } = agreementOf({
    bothYes: counts.both_good,
    bothNo: counts.both_not,
    firstOnly: counts.marketing_only,
    secondOnly: counts.sales_only,
  });
  const said = sayAgreement(n, n - counts.marketing_only - counts.sales_only, kappa, interval, unclear);
  return { n, ...counts, agreement: agreement ?? 0, kappa, kappa_interval: interval, unclear, said };
}

function sayAgreement(
  n: number,
  agreed: number,
  kappa: number | null,
  interval: [number, number] | null,
  unclear: boolean,
): string {
  const share = `Both teams gave the same label to ${agreed} of ${n} leads`;
  if (kappa === null || interval === null)
    return `${share}, and one label to all of them: label leads that differ more, then it can be told how clear the words are.`;
  const [low, high] = interval.map((one) => one.toFixed(2));
  const beyond = `${share}; beyond chance that is a kappa of ${kappa.toFixed(2)} (95 % interval ${low} to ${high}).`;
  return unclear
    ? `${beyond} Below 0.60 the words are unclear: mend the words first, then the points.`
    : `${beyond} The words mean much the same to both.`;
}

export async function resultOf(query: Query, workspace: string, id: string): Promise<WorkshopResult> {
  const rows = await labelled(query, workspace, id);
  const rated = rows.map(({ packet, marketing, sales }) => ({
    attributes: packet.attributes,
    first: marketing === 'good',
    second: sales === 'good',
  }));
  return {
    agreement: agreementAmong(rows),
    attributes: disagreements(rated)
      .slice(0, 20)
      .map(({ firstOnly, ...one }) => ({ ...one, marketing_only: firstOnly })),
    leads: rows.map(({ packet: _packet, ...row }) => row),
  };
}
