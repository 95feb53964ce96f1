/**
 * How whoever is here likes dates and numbers written: as they said, else as the browser does. Kept in this browser, so
 * that the first thing that is shown is written so already.
 */
const PLACE = 'leadpact.reader';

type Reader = { locale: string | null; zone: string | null };

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function read(): Reader {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Reader>;
    return { locale: text(kept.locale), zone: text(kept.zone) };
  } catch {
    return { locale: null, zone: null }; // Written by something else: nothing of ours is in it.
  }
}

const reader = read();
/** A language tag. */
export const locale = reader.locale ?? navigator.language;
/** An IANA name; undefined: the zone of this machine. */
export const timeZone = reader.zone ?? undefined;

/** Keeps what somebody said. Everything is written anew when it is not what was known. */
export function heed({ locale, zone }: Reader): void {
  if (locale === reader.locale && zone === reader.zone) return;
  localStorage.setItem(PLACE, JSON.stringify({ locale, zone }));
  location.reload();
}
