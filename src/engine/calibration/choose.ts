import { type Attribute, type Kind, studyColumn } from './attribute.ts';
import { isProtected } from './names.ts';
import type { Table } from './table.ts';

export type Excluded = { name: string; why: string };
/** Which columns take part: names as in the file, compared without regard to case. */
export type Choice = { ignore: readonly string[]; keep: readonly string[] };

/** Why a column that holds this cannot carry points; null where it can. */
const UNFIT: Record<Kind, string | null> = {
  number: null,
  category: null,
  date: 'holds dates: a date says when, not who, and would not come again',
  constant: 'holds the same for every lead',
  empty: 'is empty for every lead',
  identifier: 'names leads rather than describes them: (nearly) every lead has its own value',
  free_text: 'holds free text',
  too_varied: 'has too many different values: none is held by 30 leads',
};
/** What a column may hold and still be kept when somebody asks for it. */
const KEEPABLE: Record<Kind, boolean> = {
  ...{ number: true, category: true, identifier: true, free_text: true, too_varied: true },
  ...{ date: false, constant: false, empty: false },
};

/** Looks at every column and says which can carry points, and why the others cannot. */
export function chooseColumns(
  table: Table,
  { ignore, keep }: Choice,
): { all: Attribute[]; chosen: Attribute[]; excluded: Excluded[] } {
  const named = (names: readonly string[], name: string): boolean =>
    names.some((other) => other.trim().toLowerCase() === name.trim().toLowerCase());
  const all = table.columns.map(studyColumn);
  const excluded: Excluded[] = [];
  const chosen = all.filter((attribute) => {
    const { name, kind } = attribute;
    const kept = named(keep, name);
    const why = named(ignore, name)
      ? 'left out as asked'
      : kept && KEEPABLE[kind]
        ? null
        : (UNFIT[kind] ??
          (isProtected(name)
            ? 'is protected by law in many places, or stands in for something that is; nobody should be scored by it'
            : null));
    if (why !== null) excluded.push({ name, why });
    return why === null;
  });
  return { all, chosen, excluded };
}
