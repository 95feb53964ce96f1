import type { ReactNode } from 'react';
import { showToday, type Today as Told } from '#contract/today.ts';
import { useAsk } from '../../app/api/queries.ts';
import { dateOf } from '../../app/format/dates.ts';
import { useNow } from '../../app/format/useNow.ts';
import { useMe } from '../../app/session.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { Page } from '../../parts/Page.tsx';
import { Agreement } from './Agreement.tsx';
import { Facilitator } from './Facilitator.tsx';
import { Marketer } from './Marketer.tsx';
import { MarketingLead } from './MarketingLead.tsx';
import { Rep } from './Rep.tsx';
import { SalesLead } from './SalesLead.tsx';
import classes from './Today.module.css';

/** What there is for whoever is signed in, by their party and rank. */
export function Today() {
  const me = useMe();
  const now = useNow(60_000);
  const today = useAsk(showToday);
  return (
    <Page title="Today" about={`${dateOf(now)}, ${me.name}`}>
      <Asked of={today}>{(told) => <div className={classes.parts}>{partsOf(told)}</div>}</Asked>
    </Page>
  );
}

/** Somebody may have several: what is their own comes first, if there is any. */
const partsOf = (told: Told): ReactNode => {
  const { rep, sales_lead, marketer, marketing_lead, facilitator, agreement, since } = told;
  return (
    <>
      {agreement !== null && facilitator === null && <Agreement day={agreement} />}
      {rep !== null && rep.open.n > 0 && <Rep day={rep} since={since} />}
      {sales_lead !== null && <SalesLead day={sales_lead} />}
      {rep !== null && rep.open.n === 0 && <Rep day={rep} since={since} />}
      {marketing_lead !== null && <MarketingLead day={marketing_lead} />}
      {marketer !== null && <Marketer day={marketer} />}
      {facilitator !== null && <Facilitator day={facilitator} />}
    </>
  );
};
