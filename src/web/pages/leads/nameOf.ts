/** What a lead is called: by name, by address, or as nobody knows who it is. */
export const nameOf = ({ name, email }: { name: string | null; email: string | null }): string =>
  name ?? email ?? 'A visitor';
