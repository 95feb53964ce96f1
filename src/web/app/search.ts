/**
 * What a list is asked for, as it stands in the address: texts under known names. Anything else is left out, and the
 * server says what it does not understand.
 */
export const textsOf =
  <Name extends string>(names: readonly Name[]) =>
  (search: Record<string, unknown>): Partial<Record<Name, string>> => {
    const known = names.filter((name) => search[name] !== undefined && search[name] !== '');
    return Object.fromEntries(known.map((name) => [name, String(search[name])])) as Partial<
      Record<Name, string>
    >;
  };

/** An address' search as it is written everywhere: names and texts, nothing quoted. */
export const readSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search));

export function writeSearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const written = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
  return written === '' ? '' : `?${written}`;
}
