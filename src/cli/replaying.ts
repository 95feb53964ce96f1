/** The one place where the command line replays history: over columns, all leads at once. */

import type { Ends } from '#engine/backtest/backtest.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Columns } from '#engine/replay/columns.ts';
import { replayColumns } from '#engine/replay/fast.ts';

/** For each lead when it became an MQL under the pact, and how it stands at the end. */
export const replayAll = (columns: Columns, pact: Pact, until: Instant): Ends =>
  replayColumns(columns, pact, until);
