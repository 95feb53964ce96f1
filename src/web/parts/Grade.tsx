import { Tooltip } from '@mantine/core';
import classes from './marks.module.css';

/** The cell of the grid: fit as a letter, interest as a digit. */
export const Grade = ({ grade }: { grade: string | null }) =>
  grade === null ? (
    <span className={classes.grade}>–</span>
  ) : (
    <Tooltip label={`Fit ${grade[0]} of A to D, interest ${grade[1]} of 1 to 4`}>
      <span className={classes.grade} data-letter={grade[0]}>
        {grade}
      </span>
    </Tooltip>
  );
