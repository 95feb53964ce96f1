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
