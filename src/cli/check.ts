import { digestPact } from '#engine/pact/digest.ts';
import { checkGolden, type GoldenCheck } from '#engine/pact/golden.ts';
import { type Finding, lintPact } from '#engine/pact/lint/lint.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { ParsedPact } from '#engine/pact/parse.ts';
import { PactError, type Position } from '#engine/pact/problem.ts';
import { calendarFindings } from '#features/pacts/calendar-findings.ts';
import { command, DONE, INPUT_AT_FAULT } from './command.ts';
import type { Stream } from './io.ts';
import { readPact } from './pact-file.ts';
import { nameOf } from './paths.ts';
import { type Style, styleFor } from './terminal/style.ts';
import { counted, padded, plural } from './terminal/text.ts';

type Located = Finding & Position;

/** What was read, how much of each, and what is to be said of it. */
type Checked = {
  pact: string;
  digest: string;
  ok: boolean;
  counts: Record<string, number>;
  findings: Located[];
  golden: GoldenCheck[];
};

export const check = command({
  name: 'check',
  summary: 'validate a pact, say what it reads, what is doubtful in it, and whether its golden leads hold',
  operands: [{ name: 'PACT', help: 'the pact file, YAML or JSON; - for standard input' }],
  options: {},
  examples: [['leadpact check acme.yaml', 'read it and say what is wrong, with line and column']],
  run: async ({ operands, format, io }) => {
    const [given] = operands as [string];
    let parsed: ParsedPact;
    try {
      parsed = await readPact(io, given);
    } catch (error) {
      if (error instanceof PactError && format === 'json') {
        await io.out.write(`${JSON.stringify({ ok: false, problems: error.problems }, null, 2)}\n`);
      }
      throw error;
    }
    const checked = examine(parsed, await calendarFindings(parsed.pact));
    await printers[format](checked, nameOf(given), io.out);
    return checked.ok ? DONE : INPUT_AT_FAULT;
  },
});

function examine({ pact, locate }: ParsedPact, calendar: Finding[]): Checked {
  const findings = [...calendar, ...lintPact(pact)].map((finding) => ({
    ...finding,
    ...locate(finding.path),
  }));
  const golden = checkGolden(pact);
  return {
    pact: pact.pact,
    digest: digestPact(pact),
    ok: findings.every(({ level }) => level !== 'error') && golden.every(({ ok }) => ok),
    counts: countsOf(pact),
    findings,
    golden,
  };
}

const countsOf = (pact: Pact): Record<string, number> => ({
  bad_leads: pact.bad_leads.length,
  profile: pact.profile.length,
  interest: pact.interest.length,
  stages: pact.stages.length,
  fast_lanes: pact.fast_lanes.length,
  questions: pact.sql.questions.length,
  tiers: Object.keys(pact.handoff.tiers).length,
  reasons: pact.reasons.length,
  golden: pact.golden.length,
});

type Printer = (checked: Checked, name: string, out: Stream) => Promise<void>;

const printers: Record<'json' | 'csv' | 'table', Printer> = {
  json: (checked, _, out) => out.write(`${JSON.stringify(checked, null, 2)}\n`),
  csv: async (checked, name, out) => {
    const { csvLine } = await import('#platform/files/csv-line.ts');
    const lines = checked.findings.map(({ level, code, path, line, column, message, hint }) =>
      csvLine([level, code, name, String(line), String(column), path, message, hint]),
    );
    await out.write(
      csvLine(['level', 'code', 'file', 'line', 'column', 'path', 'message', 'hint']) + lines.join(''),
    );
  },
  table: (checked, name, out) => out.write(report(checked, name, styleFor(out.colour))),
};

const names: Record<string, string> = {
  bad_leads: 'bad leads',
  profile: 'profile criteria',
  interest: 'interest criteria',
  fast_lanes: 'fast lanes',
  questions: 'questions for SQL',
  golden: 'golden leads',
};

function report({ pact, digest, ok, counts, findings, golden }: Checked, file: string, style: Style): string {
  const lines = [style.bold(pact), style.dim(digest), ''];
  for (const [part, n] of Object.entries(counts)) {
    lines.push(`  ${padded(counted(n), 4, 'right')}  ${names[part] ?? part}`);
  }
  if (findings.length > 0) lines.push('');
  for (const { level, message, hint, line, column, path } of findings) {
    const mark = level === 'error' ? style.red('error') : style.yellow('warning');
    lines.push(`${file}:${line}:${column}: ${mark}: ${message} (${path}); ${hint}`);
  }
  const broken = golden.filter((one) => !one.ok);
  if (broken.length > 0) lines.push('');
  for (const { index, expect, got, because } of broken) {
    lines.push(`${style.red('broken')} golden[${index}]: wanted ${expect}, found ${got}: ${because}`);
  }
  lines.push('', ok ? style.green(verdict(findings, golden)) : style.red(verdict(findings, golden)), '');
  return lines.join('\n');
}

function verdict(findings: Located[], golden: GoldenCheck[]): string {
  const errors = findings.filter(({ level }) => level === 'error').length;
  const warnings = findings.length - errors;
  const held = golden.filter(({ ok }) => ok).length;
  const parts = [
    errors > 0 ? plural(errors, 'error') : '',
    warnings > 0 ? plural(warnings, 'warning') : '',
    golden.length > 0 ? `${held} of ${plural(golden.length, 'golden lead')} as agreed` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Nothing to object to.' : `${parts.join(', ')}.`;
}
