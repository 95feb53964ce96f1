/** Days without a time, as the server gives them: `2026-09-15`. */
import { dateOf } from '../../../app/format/dates.ts';

/** At noon, so that no zone makes it the day before. */
export const dayOf = (day: string): string => dateOf(`${day}T12:00`);

/** The day so many days from now, here. */
export const dayIn = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE');
