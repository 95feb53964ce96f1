/** The way from the top of a pact to a place in it; null is the top. */
export type Path = { readonly up: Path; readonly key: string | number } | null;

/** `profile[3].when.between[0]`; keys that are not plain words stand in brackets: `where["page.path"]`. */
export function formatPath(path: Path): string {
  if (path === null) return '';
  const { up, key } = path;
  if (typeof key === 'number') return `${formatPath(up)}[${key}]`;
  if (!/^\w+$/.test(key)) return `${formatPath(up)}[${JSON.stringify(key)}]`;
  return up === null ? key : `${formatPath(up)}.${key}`;
}

/** The keys and numbers that a path's text names, from the top. */
export function parsePath(text: string): (string | number)[] {
  return [...text.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|(\w+)/g)].map(([, index, quoted, word]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? (word as string) : (JSON.parse(quoted) as string);
  });
}
