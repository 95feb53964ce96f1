/** One kind of what a workspace holds, as a stream of text: out of one snapshot, in memory that does not grow. */
import type pg from 'pg';
import { type ExportKind } from './exports.ts';
/** `csv`: for spreadsheets too, so that no cell is taken for a formula; `json`: a line of JSON each. */
export type ExportFormat = 'csv' | 'json';
/** Works inside of a transaction that sees the workspace. */
export declare function exportLines(
  owner: pg.ClientBase,
  workspace: string,
  kind: ExportKind,
  format: ExportFormat,
): AsyncGenerator<{
  text: string;
  rows: number;
}>;
/** The workspaces there are. */
export declare function listWorkspacesAsOwner(owner: pg.ClientBase): Promise<
  {
    id: string;
    name: string;
    demo: boolean;
  }[]
>;
