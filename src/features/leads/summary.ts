/** A lead as lists show it. */
import type { LeadSummary } from '#contract/leads.ts';

/** What a summary is read from: a lead `l`, its state `s`, its account `a`. One without a state is a visitor. */
export const SUMMARY = `l.number, l.id, l.email, l.attributes, l.source, l.created_at,
  a.id AS account_id, a.name AS account_name, a.domain AS account_domain,
  coalesce(s.verdict, 'visitor') AS verdict, coalesce(s.stage, 'visitor') AS stage, s.stage_since, s.grade,
  coalesce(s.fit, 0) AS fit, coalesce(s.interest, 0) AS interest, coalesce(s.pass, 1) AS pass, s.mql_at,
  s.last_activity_at, s.judged_at, s.active_at`;

export type SummaryRow = {
  number: number;
  id: string;
  email: string | null;
  attributes: Record<string, unknown>;
  source: string | null;
  created_at: Date;
  account_id: string | null;
  account_name: string | null;
  account_domain: string | null;
  verdict: LeadSummary['verdict'];
  stage: string;
  stage_since: Date | null;
  grade: string | null;
  fit: number;
  interest: number;
  pass: number;
  mql_at: Date | null;
  last_activity_at: Date | null;
  judged_at: Date | null;
  active_at: Date | null;
};

export const summarise = (row: SummaryRow): LeadSummary => ({
  id: row.id,
  email: row.email,
  name: nameOf(row.attributes),
  source: row.source,
  account:
    row.account_id === null
      ? null
      : { id: row.account_id, name: row.account_name, domain: row.account_domain },
  created_at: row.created_at.toISOString(),
  verdict: row.verdict,
  stage: row.stage,
  stage_since: instant(row.stage_since),
  grade: row.grade,
  fit: rounded(row.fit),
  interest: rounded(row.interest),
  pass: row.pass,
  mql_at: instant(row.mql_at),
  last_activity_at: instant(row.last_activity_at),
  judged_at: instant(row.judged_at),
});

export const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/** As the command line prints it; judging does not round. */
export const rounded = (points: number): number => Math.round(points * 1e6) / 1e6;

export function nameOf({ name, first_name, last_name }: Record<string, unknown>): string | null {
  const said =
    typeof name === 'string' ? [name] : [first_name, last_name].filter((one) => typeof one === 'string');
  return said.join(' ').trim() || null;
}
