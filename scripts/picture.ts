// Draws what a command prints as the picture in the README: `npm run picture`.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const example = 'examples/acme-industrial';
const command = [
  'backtest',
  'pact.yaml',
  '--leads',
  'leads.csv',
  '--activities',
  'activities.csv',
  '--deals',
  'deals.csv',
];
const printed = execFileSync(
  process.execPath,
  ['../../src/cli/main.ts', ...command, '--at', '2026-07-01', '--format', 'table'],
  { cwd: example, encoding: 'utf8', env: { ...process.env, COLUMNS: '96' } },
);

const lines = [`$ leadpact ${command.join(' ')}`, '', ...printed.trimEnd().split('\n')];
const [size, height, margin] = [13, 19, 22];
const wide = size * 0.602;
const columns = Math.max(...lines.map((line) => line.length));
const width = Math.ceil(columns * wide) + 2 * margin;
const total = lines.length * height + 2 * margin;
const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Words stand where they stood; a bar of block characters becomes a bar. */
function draw(line: string, row: number): string {
  const top = margin + row * height;
  return [...line.matchAll(/([█▉▊▋▌▍▎▏]+)|(\S+(?: \S+)*)/g)]
    .map(({ index, 1: bar, 2: words }) => {
      const x = margin + index * wide;
      if (bar === undefined) {
        return `<text x="${x}" y="${top + 0.75 * height}" fill="${row === 0 ? '#8bd5ca' : '#d6deeb'}">${escaped(words!)}</text>`;
      }
      const eighths = [...bar].reduce((sum, block) => sum + (0x2590 - block.charCodeAt(0)), 0);
      return `<rect x="${x}" y="${top + 3}" width="${(eighths / 8) * wide}" height="${height - 6}" rx="2" fill="#4fb3a5"/>`;
    })
    .join('\n');
}

writeFileSync(
  'docs/backtest.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img" aria-label="What leadpact backtest prints for the example company">
<rect width="100%" height="100%" rx="8" fill="#16212b"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${size}">
${lines.map(draw).join('\n')}
</g>
</svg>
`,
);
