import * as lessons from '#contract/lessons.ts';
import * as contract from '#contract/reviews.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import { type Deed, deedOf } from '#features/handoffs/deed.ts';
import { summaryOf } from '#features/pacts/queries.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { decide, draftFrom, finishDecision } from './deciding.ts';
import { beginStudy, carryOutStudy, draftSuggestion, showLessons } from './learning/lessons.ts';
import { reviewPolicy } from './policy.ts';
import { callReview, closeReview, type Looking, listReviews, showMinutes, showReview } from './review.ts';

const look = <T>(
  { database, clock }: House,
  caller: Caller,
  read: (looking: Looking) => Promise<T>,
): Promise<T> => {
  allow(reviewPolicy, 'read', caller);
  const { workspace } = caller;
  const now = clock();
  return database.inWorkspace(workspace, (tx, query) => read({ tx, query, workspace, now }), {
    readOnly: true,
  });
};

const does = <T>(
  house: House,
  caller: Caller,
  verb: keyof typeof reviewPolicy,
  work: (deed: Deed) => Promise<T>,
): Promise<T> => {
  allow(reviewPolicy, verb, caller);
  return deedOf(house, caller, work);
};

export const reviewRoutes: readonly Route[] = [
  serve(contract.listReviews, (house, caller, { query: { cursor, limit } }) =>
    look(house, caller, async (looking) => {
      const after = cursor === undefined ? null : readCursor(cursor, ['', ''] as [string, string]);
      const found = await listReviews(looking, { after, limit });
      return pageOf(found, limit, { item: (one) => one, place: ({ due_on, id }) => [due_on, id] });
    }),
  ),

  serve(contract.callReview, (house, caller, { params: { pact }, body: { due_on } }) =>
    does(house, caller, 'call', async (deed) =>
      showReview(deed, await callReview(deed, caller, pact, due_on)),
    ),
  ),

  serve(contract.showReview, (house, caller, { params: { review } }) =>
    look(house, caller, (looking) => showReview(looking, review)),
  ),

  serve(contract.decideInReview, (house, caller, { params: { review }, body }) =>
    does(house, caller, 'decide', (deed) => decide(deed, caller, review, body)),
  ),

  serve(contract.finishDecision, (house, caller, { params: { decision } }) =>
    does(house, caller, 'finish', (deed) => finishDecision(deed, caller, decision)),
  ),

  serve(contract.draftFromDecision, (house, caller, { params: { decision: id }, body: { text } }) =>
    does(house, caller, 'draft', async (deed) => {
      const { decision, key } = await draftFrom(deed, caller, id, text);
      return { decision, version: await summaryOf(deed.tx, deed.workspace, key, deed.now) };
    }),
  ),

  serve(contract.closeReview, (house, caller, { params: { review } }) =>
    does(house, caller, 'close', async (deed) => {
      await closeReview(deed, caller, review);
      return showReview(deed, review);
    }),
  ),

  serve(lessons.showLessons, (house, caller, { params: { review } }) =>
    look(house, caller, async (looking) => ({ lessons: await showLessons(looking, review) })),
  ),

  serve(lessons.beginLessons, async (house, caller, { params: { review } }) => {
    allow(reviewPolicy, 'study', caller);
    const { database, clock } = house;
    const { workspace } = caller;
    const now = clock();
    const { study, found } = await database.inWorkspace(workspace, async (tx, query) => {
      const looking = { tx, query, workspace, now };
      const study = await beginStudy(looking, review);
      return { study, found: (await showLessons(looking, review))! };
    });
    // In the background: what goes wrong with it is written down there.
    if (study !== null) carryOutStudy({ database, clock }, study).catch(() => undefined);
    return { lessons: found };
  }),

  serve(lessons.draftSuggestion, (house, caller, { params: { review }, body: { clause } }) =>
    does(house, caller, 'draft', async (deed) => {
      const key = await draftSuggestion(deed, caller, review, clause);
      const version = await summaryOf(deed.tx, deed.workspace, key, deed.now);
      return { version: { ...version, pact: key.pact } };
    }),
  ),

  serve(contract.showMinutes, (house, caller, { params: { review } }) =>
    look(house, caller, async (looking) => ({ markdown: await showMinutes(looking, review) })),
  ),
];
