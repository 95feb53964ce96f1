import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Settings.module.css';

/** Puts a text where it can be pasted from. */
export const Copy = ({ text, what = 'Copy' }: { text: string; what?: string }) => (
  <CopyButton value={text}>
    {({ copied, copy }) => (
      <Button size="compact-sm" variant="default" onClick={copy}>
        {copied ? 'Copied' : what}
      </Button>
    )}
  </CopyButton>
);

type Props = { title: ReactNode; text: string; onDone: () => void; children?: ReactNode };

/** A secret that nobody can show again: it is copied now, or made anew. */
export const ShownOnce = ({ title, text, onDone, children }: Props) => (
  <div className={classes.once} role="status">
    <b>{title}</b>
    <code className={classes.code}>{text}</code>
    <span>It is shown this once. Put it where it is needed before you go on.</span>
    {children}
    <div className={classes.acts}>
      <Copy text={text} />
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        I have it
      </Button>
    </div>
  </div>
);

/** Who may change what is here, for whoever may not. */
export const WhoMay = ({ children }: { children: ReactNode }) => <p className={classes.note}>{children}</p>;
