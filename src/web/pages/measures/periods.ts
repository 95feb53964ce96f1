/** The periods that are asked for most, as days. */
import type { MeasuresSearch } from './search.ts';

type Days = { from: string; to: string };
type Named = { id: string; name: string; of: (now: number) => Days };

const day = (year: number, month: number, date = 1): string =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

/** The quarter so many before the one that runs. */
const quarter =
  (before: number) =>
  (now: number): Days => {
    const date = new Date(now);
    const first = Math.floor(date.getMonth() / 3) * 3 - before * 3;
    return { from: day(date.getFullYear(), first), to: day(date.getFullYear(), first + 3) };
  };

/** So many days up to and with today. */
const last =
  (days: number) =>
  (now: number): Days => {
    const date = new Date(now);
    const [year, month, today] = [date.getFullYear(), date.getMonth(), date.getDate()];
    return { from: day(year, month, today - days + 1), to: day(year, month, today + 1) };
  };

export const periods: readonly Named[] = [
  // The one that runs is what is shown when nothing is said.
  { id: 'quarter', name: 'This quarter', of: () => ({ from: '', to: '' }) },
  { id: 'quarter-before', name: 'Last quarter', of: quarter(1) },
  { id: 'month', name: 'Last 30 days', of: last(30) },
  { id: 'half', name: 'Last 180 days', of: last(180) },
  { id: 'year', name: 'Last 365 days', of: last(365) },
];

/** Which of them is looked at; `own` when it is none. */
export function periodOf({ from = '', to = '' }: MeasuresSearch, now: number): string {
  const found = periods.find(({ of }) => {
    const days = of(now);
    return days.from === from && days.to === to;
  });
  return found?.id ?? 'own';
}
