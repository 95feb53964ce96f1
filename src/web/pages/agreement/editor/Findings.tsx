import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ExaminedText, PlacedFinding } from '#engine/pact/examine.ts';
import { many } from '../../../app/format/numbers.ts';
import { Mark } from '../../../parts/Mark.tsx';
import classes from './Editor.module.css';
import type { Jump } from './TextPane.tsx';

type Props = {
  findings: readonly PlacedFinding[];
  golden: ExaminedText['golden'];
  onJump: (to: Jump) => void;
};

const FEW = 4;

/** What lint and the golden leads say of the text; each leads to its place. */
export function Findings({ findings, golden, onJump }: Props) {
  const [isWhole, setWhole] = useState(false);
  const errors = findings.filter(({ level }) => level === 'error').length;
  const warnings = findings.length - errors;
  const kept = golden.filter(({ ok }) => ok).length;
  // What keeps it from being proposed comes first.
  const sorted = findings.toSorted((a, b) => Number(b.level === 'error') - Number(a.level === 'error'));
  const shown = isWhole ? sorted : sorted.slice(0, FEW);
  return (
    <section className={classes.findings} aria-label="What is said of the text">
      <p className={classes.tally} aria-live="polite">
        <Mark tone={errors > 0 ? 'bad' : 'good'}>{errors > 0 ? many(errors, 'error') : 'No errors'}</Mark>
        {warnings > 0 && <Mark tone="warn">{many(warnings, 'warning')}</Mark>}
        {golden.length > 0 && (
          <Mark tone={kept < golden.length ? 'bad' : 'good'}>
            {kept} of {many(golden.length, 'golden lead')} as agreed
          </Mark>
        )}
      </p>
      {shown.length > 0 && (
        <ul className={classes.found}>
          {shown.map((one) => (
            <li key={`${one.code} ${one.path} ${one.message}`} data-level={one.level}>
              <button type="button" className={classes.place} onClick={() => onJump(one)}>
                Line {one.line}
              </button>
              <span>
                {one.path !== '' && <b>{one.path}: </b>}
                {one.message}
                {one.hint !== '' && <span className={classes.quiet}> – {one.hint}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {findings.length > FEW && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${findings.length}`}
        </Button>
      )}
    </section>
  );
}
