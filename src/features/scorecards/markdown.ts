/** The quarter's page as Markdown, to be pasted anywhere. */
import type { Figure } from '#contract/measures.ts';
import { sayNumber, sayShare, saySpan } from '#engine/measures/say.ts';
import type { Page } from './quarter.ts';

const SAID: Record<Figure['unit'], (value: number, currency: string | null) => string> = {
  count: sayNumber,
  share: sayShare,
  index: sayShare,
  money: (value, currency) => `${sayNumber(value)} ${currency ?? ''}`.trim(),
  per_day: (value) => `${sayNumber(value)} a day`,
  milliseconds: saySpan,
  days: (value) => `${sayNumber(value)} days`,
};

const saidIn = ({ unit, currency }: Figure, value: number | null): string =>
  value === null ? '–' : SAID[unit](value, currency);

const KEPT: Record<string, string> = { true: 'kept', false: 'not kept', null: '' };

export function markdownOf({ title, chapters, next, says }: Page): string {
  const parts = chapters.map(({ title: name, figures, says: told }) => {
    const rows = figures.map((figure) => {
      const { name: measure, value, promised, before, kept } = figure;
      const cells = [
        measure,
        saidIn(figure, value),
        saidIn(figure, promised),
        saidIn(figure, before?.value ?? null),
        KEPT[String(kept)]!,
      ];
      return `| ${cells.map(cell).join(' | ')} |`;
    });
    return [
      `## ${name}`,
      '',
      told,
      '',
      '| measure | is | promised | before | |',
      '|---|---|---|---|---|',
      ...rows,
    ].join('\n');
  });
  const list = next.map((one) => `- ${one}`).join('\n');
  return `${[`# ${title}`, says, ...parts, `## What changes next\n\n${list}`].join('\n\n')}\n`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
