/** A chart or its table, as a file of one's own. */
import type { ChartTable } from './table.ts';

const DRAWN = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'opacity',
];
/** So that it stays sharp on paper. */
const SCALE = 2;

/** The drawing by itself, with the colours that it has on screen: a file knows no style sheet of ours. */
function textOf(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  for (const [i, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(originals[i]!);
    for (const name of DRAWN) {
      const value = style.getPropertyValue(name);
      // A pattern is drawn by its name within the drawing.
      if (value !== '' && !element.getAttribute(name)?.startsWith('url(')) element.setAttribute(name, value);
    }
    element.removeAttribute('class');
    element.removeAttribute('href');
  }
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--surface'));
  copy.prepend(ground);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}

export const saveSvg = (svg: SVGSVGElement, name: string): void =>
  save(new Blob([textOf(svg)], { type: 'image/svg+xml' }), `${name}.svg`);

export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null)
    throw new Error('This browser could not make a picture of the chart: save it as SVG instead.');
  save(blob, `${name}.png`);
}

export const saveCsv = ({ head, rows }: ChartTable, name: string): void =>
  save(
    new Blob([[head, ...rows.map((row) => row.map(rawOf))].map(lineOf).join('\r\n'), '\r\n'], {
      type: 'text/csv',
    }),
    `${name}.csv`,
  );

const rawOf = (cell: ChartTable['rows'][number][number]) =>
  typeof cell === 'object' && cell !== null ? cell.raw : cell;

const lineOf = (cells: readonly (string | number | null)[]): string => cells.map(cellOf).join(',');

/** What a spreadsheet would take for a formula is text all the same. */
function cellOf(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
