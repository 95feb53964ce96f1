/** The numbers behind a chart. */
import type { ReactNode } from 'react';

/** A cell as it is kept in a file, and as it is shown where that is something else. */
export type Cell = string | number | null | { raw: string | number | null; shown: ReactNode };

export type ChartTable = { head: readonly string[]; rows: readonly (readonly Cell[])[] };
