import type { ReactNode } from 'react';
import classes from './marks.module.css';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'accent' | 'marketing' | 'sales';

/** A word about a thing, in a tone. The word says it; the tone only helps the eye. */
export const Mark = ({
  tone = 'neutral',
  children,
  title,
}: {
  tone?: Tone;
  children: ReactNode;
  title?: string;
}) => (
  <span className={classes.mark} data-tone={tone} title={title}>
    {children}
  </span>
);
