import type { Figure } from '#contract/measures.ts';
import { FigureRow } from './FigureRow.tsx';
import classes from './Measures.module.css';

export const Figures = ({ of, isOver = true }: { of: readonly Figure[]; isOver?: boolean }) => (
  <div className={classes.figures}>
    {of.length === 0 ? (
      <p className={classes.quiet}>Every measure of these has been retired in the catalogue.</p>
    ) : (
      of.map((figure) => <FigureRow key={`${figure.measure} ${figure.name}`} of={figure} isOver={isOver} />)
    )}
  </div>
);
