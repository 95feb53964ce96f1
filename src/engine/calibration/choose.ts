import { fold } from '#engine/criterion/value.ts';
import { writtenAfterClose } from './after-close.ts';
import { type Attribute, type Kind, studyColumn } from './attribute.ts';
import { isProtected } from './names.ts';
import type { Table } from './table.ts';

export type Excluded = { name: string; why: string };

/** Which columns take part. Names as in the table, compared without regard to case. */
export type Choice = {
  /** Columns that name leads, such as the id. */
  ids: readonly string[];
  /** Never to look at. */
  ignore: readonly string[];
  /** To look at whatever the guards say. */
  keep: readonly string[];
};

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

const PROTECTED =
  'is protected by law in many places, or stands in for something that is; nobody should be scored by it';

/** Looks at every column and says which can carry points, and why the others cannot. */
export function chooseColumns(
  table: Table,
  { ids, ignore, keep }: Choice,
  closedAt: Float64Array | null,
): { all: Attribute[]; chosen: Attribute[]; excluded: Excluded[] } {
  const [isId, isIgnored, isKept] = [ids, ignore, keep].map(among) as [Among, Among, Among];
  const all = table.columns.map(studyColumn).map((attribute): Attribute => {
    const { name, kind } = attribute;
    return isId(name) && kind !== 'empty' ? { ...attribute, kind: 'identifier' } : attribute;
  });
  const whyNot = (attribute: Attribute): string | null => {
    const { name, kind } = attribute;
    if (isIgnored(name)) return 'left out as asked';
    if (isKept(name) && KEEPABLE[kind]) return null;
    return writtenAfterClose(attribute, closedAt) ?? UNFIT[kind] ?? (isProtected(name) ? PROTECTED : null);
  };
  const excluded = all.flatMap((attribute) => {
    const why = whyNot(attribute);
    return why === null ? [] : [{ name: attribute.name, why }];
  });
  return { all, chosen: all.filter((attribute) => whyNot(attribute) === null), excluded };
}

type Among = (name: string) => boolean;

/** Whether a name is one of these. */
export function among(names: readonly string[]): Among {
  const folded = new Set(names.map(fold));
  return (name) => folded.has(fold(name));
}
