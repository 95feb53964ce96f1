import type { Verdict } from '#contract/verdicts.ts';
import { points } from '../../../app/format/numbers.ts';
import { Mark, type Tone } from '../../../parts/Mark.tsx';
import classes from './Score.module.css';

type Reason = Verdict['reasons'][number];

const groups: [kind: Reason['kind'], title: string][] = [
  ['mql', 'MQL'],
  ['fast_lane', 'Fast lanes'],
  ['bad_lead', 'Bad lead'],
  ['profile', 'Fit: who they are'],
  ['interest', 'Interest: what they did'],
];

const held = (holds: boolean | null): [tone: Tone, word: string] =>
  holds === null ? ['warn', 'Not known'] : holds ? ['good', 'Holds'] : ['neutral', 'Does not'];

/** Every criterion: whether it holds, why, and what it adds. */
export const Reasons = ({ reasons }: { reasons: readonly Reason[] }) =>
  groups.map(([kind, title]) => {
    const of = reasons.filter((reason) => reason.kind === kind);
    if (of.length === 0) return null;
    return (
      <section key={kind} aria-label={title}>
        <h3 className={classes.group}>{title}</h3>
        {of.map((reason) => {
          const [tone, word] = held(reason.holds);
          return (
            <div key={reason.criterion} className={classes.reason}>
              <span>
                <Mark tone={kind === 'bad_lead' && reason.holds === true ? 'bad' : tone}>{word}</Mark>
              </span>
              <span>
                {reason.because} <span className={classes.name}>({reason.criterion})</span>
              </span>
              <span className={classes.points}>
                {kind === 'profile' || kind === 'interest' ? signed(reason.points) : ''}
              </span>
            </div>
          );
        })}
      </section>
    );
  });

const signed = (n: number): string => (n > 0 ? `+${points(n)}` : points(n));
