import * as contract from '#contract/backtests.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { readText } from '#features/pacts/drafting.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import { allow } from '#features/people/policy.ts';
import { type Route, serve } from '#features/serve.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import {
  beginBacktest,
  cancelBacktest,
  listBacktestLeads,
  listBacktests,
  showBacktest,
} from './backtests.ts';
import { deskOf } from './desk.ts';
import { backtestPolicy } from './policy.ts';
import { preview } from './preview.ts';
import { runBacktest } from './running.ts';
import { moved, thresholdsOf } from './thresholds.ts';

const reading = { readOnly: true } as const;

export const backtestRoutes: readonly Route[] = [
  serve(contract.beginBacktest, async ({ database, clock }, caller, { params }) => {
    allow(backtestPolicy, 'begin', caller);
    const { workspace } = caller;
    const { backtest, fresh } = await database.inWorkspace(workspace, (_, query) =>
      beginBacktest(query, caller, params, clock()),
    );
    // In the background: what goes wrong with it is written down there, and what is lost is found by the schedule.
    if (fresh)
      runBacktest({ database, clock, desk: deskOf(database) }, { workspace, id: backtest.id }).catch(
        () => undefined,
      );
    return backtest;
  }),

  serve(contract.listBacktests, async ({ database }, caller, { params }) => {
    allow(backtestPolicy, 'read', caller);
    const { workspace } = caller;
    const items = await database.inWorkspace(
      workspace,
      (_, query) => listBacktests(query, workspace, params.pact),
      reading,
    );
    return { items };
  }),

  serve(contract.showBacktest, async ({ database }, caller, { params }) => {
    allow(backtestPolicy, 'read', caller);
    const { workspace } = caller;
    return database.inWorkspace(
      workspace,
      (_, query) => showBacktest(query, workspace, params.backtest),
      reading,
    );
  }),

  serve(contract.listBacktestLeads, async ({ database }, caller, { params, query: asked }) => {
    allow(backtestPolicy, 'open', caller);
    const { workspace } = caller;
    return database.inWorkspace(
      workspace,
      (_, query) => listBacktestLeads(query, workspace, params.backtest, asked),
      reading,
    );
  }),

  serve(contract.cancelBacktest, async ({ database, clock }, caller, { params }) => {
    allow(backtestPolicy, 'begin', caller);
    const { workspace } = caller;
    return database.inWorkspace(workspace, (_, query) =>
      cancelBacktest(query, workspace, params.backtest, clock()),
    );
  }),

  serve(contract.previewBacktest, async ({ database, clock }, caller, { body }) => {
    allow(backtestPolicy, 'read', caller);
    const begun = performance.now();
    const { workspace } = caller;
    const { given, inForce } = await database.inWorkspace(
      workspace,
      (_, query) => readPacts(query, workspace, body, clock()),
      reading,
    );
    const pact = moved(given, body.thresholds);
    const desk = deskOf(database);
    const pacts = inForce === null ? [pact] : [pact, inForce];
    const isWhole = body.share === 1;
    const loaded = await (isWhole
      ? desk.load(workspace, pacts, clock())
      : desk.glance(workspace, pacts, clock()));
    const found = await preview(desk, loaded, inForce, pact, body.share);
    return {
      thresholds: thresholdsOf(pact),
      ...found,
      until: new Date(loaded.at).toISOString(),
      elapsed_ms: performance.now() - begun,
    };
  }),
];

type Given = { pact: string; number?: number | undefined; text?: string | undefined };

/** The text or version that is asked about, and the one in force. */
async function readPacts(
  query: Query,
  workspace: string,
  { pact, number, text }: Given,
  now: Instant,
): Promise<{ given: Pact; inForce: Pact | null }> {
  if ((number === undefined) === (text === undefined)) {
    const message = 'wanted the number of a version, or a text: one of them';
    throw new HttpProblem(422, 'nothing_to_preview', `Nothing is replayed: ${message}.`, {
      errors: [{ path: 'body.text', message }],
    });
  }
  const timeline = await readTimeline(query, workspace);
  const inForce = timeline.hasBegun(now) ? (timeline.at(now)?.pact ?? null) : null;
  if (text !== undefined) return { given: (await readText(text)).pact, inForce };
  const [version] = await query<{ pact_id: string; number: number; digest: string }>(
    'SELECT pact_id, number, digest FROM versions WHERE workspace_id = $1 AND pact_id = $2 AND number = $3',
    [workspace, pact, number],
  );
  if (version === undefined)
    throw new HttpProblem(404, 'not_found', `There is no version ${number} of this pact.`);
  const pacts = await pactsOf(query, workspace, [version]);
  return { given: pacts.get(version.digest)!, inForce };
}
