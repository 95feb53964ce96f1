import type { showSla } from '#contract/scorecards.ts';
import type { Answer } from '../../../app/api/call.ts';
import { FigureRow } from '../FigureRow.tsx';
import classes from '../Measures.module.css';
import { Opens } from '../rows/Opens.tsx';

/** One clock of sales: how often it was kept, and what became of each. What is open in its time counts for nobody. */
export const Term = ({
  of: { attainment, met, late, overdue, open },
}: {
  of: Answer<typeof showSla>['sales']['terms'][number];
}) => (
  <>
    <FigureRow of={attainment} />
    <div className={classes.counts}>
      <span>
        in time <Opens of={met} what={`${attainment.name}: in time`} />
      </span>
      <span>
        late <Opens of={late} what={`${attainment.name}: late`} />
      </span>
      <span>
        overdue <Opens of={overdue} what={`${attainment.name}: overdue`} />
      </span>
      <span>
        open, left out <Opens of={open} what={`${attainment.name}: open in its time`} />
      </span>
    </div>
  </>
);
