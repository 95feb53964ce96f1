/** Texts while they are written: lint, edits by parts, merging, comments, golden leads. */
import * as comments from '#contract/clause-comments.ts';
import * as contract from '#contract/pact-texts.ts';
import { allow } from '#features/people/policy.ts';
import { type Route, serve } from '#features/serve.ts';
import { accept, comment, listComments, resolve } from './commenting.ts';
import { edited } from './editing.ts';
import { examineText } from './examining.ts';
import { holdTo } from './holding-to.ts';
import { merge, previewMerge } from './merging.ts';
import { pactPolicy } from './policy.ts';
import { summaryOf } from './queries.ts';

export const pactTextRoutes: readonly Route[] = [
  serve(contract.lintPact, async (_, caller, { body: { text } }) => {
    allow(pactPolicy, 'read', caller);
    return examineText(text);
  }),

  serve(contract.editPact, async (_, caller, { body: { text, edits } }) => {
    allow(pactPolicy, 'read', caller);
    const { text: after, kept } = await edited(text, edits);
    return { ...(await examineText(after)), text: after, kept };
  }),

  serve(contract.previewMerge, async ({ database }, caller, { params, query }) => {
    allow(pactPolicy, 'read', caller);
    return database.inWorkspace(caller.workspace, (tx) => previewMerge(tx, caller, params, query.with));
  }),

  serve(contract.mergeVersion, async ({ database, clock }, caller, { params, body }) => {
    allow(pactPolicy, 'draft', caller);
    const now = clock();
    return database.inWorkspace(caller.workspace, async (tx) => {
      await merge(tx, caller, params, body, now);
      return summaryOf(tx, caller.workspace, params, now);
    });
  }),

  serve(contract.addGolden, async ({ database, clock }, caller, { params: { pact }, body }) => {
    allow(pactPolicy, 'draft', caller);
    const now = clock();
    return database.inWorkspace(caller.workspace, async (tx, query) => {
      const { key, golden } = await holdTo(tx, query, caller, pact, body, now);
      return { version: await summaryOf(tx, caller.workspace, key, now), golden };
    });
  }),

  serve(comments.listComments, async ({ database }, caller, { params }) => {
    allow(pactPolicy, 'read', caller);
    const items = await database.inWorkspace(caller.workspace, (tx) => listComments(tx, caller, params), {
      readOnly: true,
    });
    return { items };
  }),

  serve(comments.writeComment, async ({ database, clock }, caller, { params, body }) => {
    allow(pactPolicy, 'comment', caller);
    return database.inWorkspace(caller.workspace, (tx) => comment(tx, caller, params, body, clock()));
  }),

  serve(comments.resolveComment, async ({ database, clock }, caller, { params }) => {
    allow(pactPolicy, 'comment', caller);
    return database.inWorkspace(caller.workspace, (tx) => resolve(tx, caller, params.comment, clock()));
  }),

  serve(comments.acceptSuggestion, async ({ database, clock }, caller, { params, body: { revision } }) => {
    allow(pactPolicy, 'comment', caller);
    const now = clock();
    return database.inWorkspace(caller.workspace, async (tx) => {
      const { comment, key } = await accept(tx, caller, params.comment, revision, now);
      return { comment, version: await summaryOf(tx, caller.workspace, key, now) };
    });
  }),
];
