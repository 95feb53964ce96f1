import { SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useRef, useState } from 'react';
import type { PlacedFinding } from '#engine/pact/examine.ts';
import { Cards } from './Cards.tsx';
import type { ClauseEdit } from './clauses.ts';
import classes from './Editor.module.css';
import { ask } from './examiner.ts';
import { Findings } from './Findings.tsx';
import { type Jump, type TextHandle, TextPane } from './TextPane.tsx';
import type { Examination } from './useExamined.ts';

type Props = {
  text: string;
  examination: Examination;
  party: 'marketing' | 'sales' | null;
  readOnly?: boolean;
  /** What the server alone can tell of the text as it stands, such as holidays that it does not know. */
  more?: readonly PlacedFinding[];
  onText: (text: string) => void;
  onSuggest?: (clause: string, edits: ClauseEdit[]) => void;
  about?: (clause: string) => ReactNode;
};

/** A pact while it is written: its clauses as cards, and the text itself; either changes the other. */
export function Editor(props: Props) {
  const { text, examination, party, readOnly = false, more = [], onText, onSuggest, about } = props;
  const { examined } = examination;
  const [shown, setShown] = useState('clauses');
  const source = useRef<TextHandle>(null);
  const jump = (to: Jump): void => {
    setShown('text');
    // Once it is there: on a small screen only one of the two is.
    requestAnimationFrame(() => source.current?.jump(to));
  };
  const edit = (edits: ClauseEdit[]): void => {
    ask('edit', { text, edits }).then(
      (edited) => onText(edited.text),
      (error: Error) => notifications.show({ color: 'red', title: 'Not changed', message: error.message }),
    );
  };
  const findings = [...(examined?.findings ?? []), ...more];
  return (
    <>
      <Findings findings={findings} golden={examined?.golden ?? []} onJump={jump} />
      <SegmentedControl
        className={classes.tabs}
        fullWidth
        aria-label="What is shown"
        data={[
          { value: 'clauses', label: 'Clauses' },
          { value: 'text', label: 'Text' },
        ]}
        value={shown}
        onChange={setShown}
      />
      <div className={classes.panes} data-shown={shown}>
        <div className={classes.clauses}>
          {examined === null ? (
            <p className={classes.quiet} aria-busy="true">
              Reading the text …
            </p>
          ) : examined.normal === null ? (
            <p className={classes.quiet}>
              The text cannot be read as a pact just now, so it has no clauses. Mend it where the list above
              says.
            </p>
          ) : (
            <Cards
              examined={examined}
              party={party}
              readOnly={readOnly}
              onEdit={edit}
              onSuggest={onSuggest ?? null}
              onJump={jump}
              about={about ?? (() => null)}
            />
          )}
        </div>
        <div className={classes.written}>
          <TextPane ref={source} text={text} findings={findings} readOnly={readOnly} onText={onText} />
        </div>
      </div>
    </>
  );
}
