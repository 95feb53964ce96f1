import { type Change, diffPacts } from '#engine/pact/diff/diff.ts';
import { digestPact } from '#engine/pact/digest.ts';
import { command, DONE } from './command.ts';
import type { Stream } from './io.ts';
import { readPact } from './pact-file.ts';
import { checkOneStdin } from './paths.ts';
import { type Style, styleFor } from './terminal/style.ts';
import { plural, visible } from './terminal/text.ts';

type Side = { pact: string; digest: string };
type Difference = { before: Side; after: Side; same: boolean; changes: Change[] };

export const diff = command({
  name: 'diff',
  summary: 'what changed from one pact to another, clause by clause, in words',
  operands: [
    { name: 'PACT', help: 'the pact as it was; - for standard input' },
    { name: 'PACT2', help: 'the pact as it is' },
  ],
  options: {},
  examples: [['leadpact diff acme.yaml acme-next.yaml', 'what both parties are asked to sign']],
  run: async ({ operands, format, io }) => {
    const [first, second] = operands as [string, string];
    checkOneStdin(operands);
    const before = (await readPact(io, first)).pact;
    const after = (await readPact(io, second)).pact;
    const [was, is] = [digestPact(before), digestPact(after)];
    const difference: Difference = {
      before: { pact: before.pact, digest: was },
      after: { pact: after.pact, digest: is },
      same: was === is,
      changes: diffPacts(before, after),
    };
    await printers[format](difference, io.out);
    return DONE;
  },
});

const printers: Record<'json' | 'csv' | 'table', (difference: Difference, out: Stream) => Promise<void>> = {
  json: (difference, out) => out.write(`${JSON.stringify(difference, null, 2)}\n`),
  csv: async ({ changes }, out) => {
    const { csvLine } = await import('#platform/files/csv-line.ts');
    const lines = changes.map(({ kind, clause, path, owner, text }) =>
      csvLine([kind, clause, path, owner, text]),
    );
    await out.write(csvLine(['kind', 'clause', 'path', 'owner', 'text']) + lines.join(''));
  },
  table: (difference, out) => out.write(report(difference, styleFor(out.colour))),
};

const marks: Record<Change['kind'], (style: Style) => string> = {
  added: (style) => style.green('+'),
  removed: (style) => style.red('-'),
  changed: (style) => style.yellow('~'),
};

function report({ before, after, changes }: Difference, style: Style): string {
  const lines = [
    `${style.bold(before.pact)} ${style.dim(before.digest)}`,
    `${style.bold(after.pact)} ${style.dim(after.digest)}`,
  ];
  let clause = '';
  for (const one of changes) {
    if (one.clause !== clause) lines.push('', style.bold(one.clause));
    clause = one.clause;
    lines.push(`  ${marks[one.kind](style)} ${visible(one.text)}`);
  }
  const summary = changes.length === 0 ? 'They say the same.' : `${plural(changes.length, 'change')}.`;
  return `${[...lines, '', summary].join('\n')}\n`;
}
