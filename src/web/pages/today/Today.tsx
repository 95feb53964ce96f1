import { showToday } from '#contract/today.ts';
import { useAsk } from '../../app/api/queries.ts';
import { dateOf } from '../../app/format/dates.ts';
import { Asked } from '../../parts/Asked.tsx';
import { Page } from '../../parts/Page.tsx';

/** What there is for whoever is signed in, by their party and rank. */
export function Today() {
  const today = useAsk(showToday);
  return (
    <Page title="Today" about={dateOf(Date.now())}>
      <Asked of={today}>{() => null}</Asked>
    </Page>
  );
}
