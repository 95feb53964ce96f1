/** How verdicts are printed, in each format. */
import { digestPact } from '#engine/pact/digest.ts';
import type { Reason, Verdict } from '#engine/verdict/verdict.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import type { Format } from '../command.ts';
import { rounded } from '../numbers.ts';
import type { ScoreJob, Tally } from './job.ts';
import { tablePrinter } from './table-printer.ts';

export type Printer = {
  /** Stands before the first lead. */
  head(): string;
  lead(id: string, verdict: Verdict, reasons: Reason[] | null): string;
  /** Stands between one lead and the next. */
  between: string;
  /** Stands after the last lead. */
  tail(tally: Tally): string;
};

export const printerFor = (job: ScoreJob): Printer => printers[job.format](job);

const printers: Record<Format, (job: ScoreJob) => Printer> = {
  json: (job) => ({ head: () => jsonHead(job), lead: jsonLead, between: ',\n', tail: () => '\n]}\n' }),
  csv: ({ explain }) => ({ head: () => csvHead(explain), lead: csvLead, between: '', tail: () => '' }),
  table: tablePrinter,
};

/** A line a lead, so that it can be read while it comes. */
function jsonHead({ pact, at }: ScoreJob): string {
  const head = { pact: pact.pact, digest: digestPact(pact), at: new Date(at).toISOString() };
  return `${JSON.stringify(head).slice(0, -1)},"leads":[\n`;
}

function jsonLead(id: string, verdict: Verdict, reasons: Reason[] | null): string {
  const { grade, fit, interest, stage } = verdict;
  const opened = reasons === null ? '' : `,"reasons":${JSON.stringify(reasons.map(roundedReason))}`;
  return `{"id":${JSON.stringify(id)},"verdict":"${verdict.verdict}","grade":"${grade}","fit":${rounded(fit)},"interest":${rounded(interest)},"stage":${JSON.stringify(stage)}${opened}}`;
}

/** Keys in the order of the interface. */
const roundedReason = ({ criterion, kind, points, holds, because }: Reason) => ({
  criterion,
  kind,
  points: rounded(points),
  holds,
  because,
});

const csvHead = (explain: boolean): string =>
  csvLine(['id', 'verdict', 'grade', 'fit', 'interest', 'stage', ...(explain ? ['because'] : [])]);

function csvLead(
  id: string,
  { verdict, grade, fit, interest, stage }: Verdict,
  reasons: Reason[] | null,
): string {
  const cells = [id, verdict, grade, String(rounded(fit)), String(rounded(interest)), stage];
  if (reasons !== null)
    cells.push(
      reasons
        .filter(({ holds }) => holds === true)
        .map(sayReason)
        .join('; '),
    );
  return csvLine(cells);
}

const sayReason = ({ points, because }: Reason): string =>
  points === 0 ? because : `${points > 0 ? '+' : ''}${rounded(points)} ${because}`;
