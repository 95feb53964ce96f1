import { type ChangeEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { PlacedFinding } from '#engine/pact/examine.ts';
import classes from './Editor.module.css';

export type Jump = { line: number; column: number };
export type TextHandle = { jump: (to: Jump) => void };

type Props = {
  ref: Ref<TextHandle>;
  text: string;
  findings: readonly PlacedFinding[];
  readOnly: boolean;
  onText: (text: string) => void;
};

const LINE = 20;

/** The text itself, its lines numbered; those that something is said of are marked. */
export function TextPane({ ref, text, findings, readOnly, onText }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    jump: ({ line, column }) => {
      const element = area.current;
      if (element === null) return;
      const start = offsetOf(element.value, line);
      const end = element.value.indexOf('\n', start);
      element.focus({ preventScroll: true });
      element.setSelectionRange(start + column - 1, end < 0 ? element.value.length : end);
      element.scrollTop = Math.max(0, (line - 6) * LINE);
      element.scrollIntoView({ block: 'nearest' });
    },
  }));
  const levels = new Map<number, string>();
  for (const { line, level } of findings) if (levels.get(line) !== 'error') levels.set(line, level);
  const lines = text.split('\n').length;
  useEffect(() => {
    if (gutter.current !== null && area.current !== null) gutter.current.scrollTop = area.current.scrollTop;
  });
  return (
    <div className={classes.source}>
      <div ref={gutter} className={classes.gutter} aria-hidden>
        {Array.from({ length: lines }, (_, i) => (
          // Lines have no name but their number.
          <span key={`line${String(i)}`} data-level={levels.get(i + 1)}>
            {i + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={area}
        className={classes.area}
        aria-label="The text of the pact"
        value={text}
        readOnly={readOnly}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        onChange={({ currentTarget }: ChangeEvent<HTMLTextAreaElement>) => onText(currentTarget.value)}
        onScroll={({ currentTarget }) => {
          if (gutter.current !== null) gutter.current.scrollTop = currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

function offsetOf(text: string, line: number): number {
  let at = 0;
  for (let i = 1; i < line; i++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}
