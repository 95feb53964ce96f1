import { Anchor, Button, Group, Progress, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { beginLessons, draftSuggestion, type Lessons, showLessons } from '#contract/lessons.ts';
import type { Review } from '#contract/reviews.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { count, many, percent } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { GoTo } from '../../../parts/GoTo.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { When } from '../../../parts/When.tsx';
import { reviewChanges } from './changes.ts';
import classes from './Reviews.module.css';

/** How often it is asked how far the study is. */
const EVERY = 800;

/** What won and lost deals say of the pact, each with its evidence; a suggestion becomes a draft for both. */
export function Learnt({ review }: { review: Review }) {
  const params = { review: review.id };
  const lessons = useAsk(showLessons, { params });
  const begin = useAct(beginLessons, { changes: reviewChanges });
  const isRunning = lessons.data?.lessons?.state === 'running';
  const { refetch } = lessons;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => void refetch(), EVERY);
    return () => clearInterval(timer);
  }, [isRunning, refetch]);
  const isDue = review.standing === 'due';
  const study = (label: string) => (
    <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate({ params })}>
      {label}
    </Button>
  );
  return (
    <Card title="What won and lost deals say">
      <Asked of={lessons}>
        {({ lessons: found }) =>
          found === null ? (
            <>
              <Text size="sm" mb={10}>
                Leads and their deals are held to the pact: whether leads have changed since the last review,
                and what each criterion should count. It is learnt from older leads and tried on newer ones.
              </Text>
              {isDue && study('Study the deals')}
            </>
          ) : found.state === 'running' ? (
            <>
              <Text size="sm" mb={8} aria-live="polite">
                Reading leads and deals: {percent(found.progress)}.
              </Text>
              <Progress value={found.progress * 100} aria-label="How far the study is" />
            </>
          ) : (
            <>
              {found.error !== null && (
                <Text size="sm" mb={10} role="alert">
                  {found.error}
                </Text>
              )}
              {found.learnt !== null && <Found of={found.learnt} lessons={found} review={review.id} />}
              {isDue && (found.stale || found.error !== null) && (
                <Group gap={10} mt={12}>
                  {study('Study them again')}
                  {found.stale && (
                    <Text size="sm" c="dimmed">
                      More has come in since.
                    </Text>
                  )}
                </Group>
              )}
            </>
          )
        }
      </Asked>
    </Card>
  );
}

type FoundProps = { of: NonNullable<Lessons['learnt']>; lessons: Lessons; review: string };

function Found({
  of: { leads, decided, won, drift, refusal, trial, suggestions },
  lessons,
  review,
}: FoundProps) {
  return (
    <>
      <p className={classes.quiet}>
        {many(leads, 'lead')} looked at, {count(decided)} of them decided, {count(won)} won; held to version{' '}
        {lessons.version}
        {lessons.finished_at !== null && (
          <>
            , <When at={lessons.finished_at} />
          </>
        )}
        .
      </p>
      <h3 className={classes.part}>Whether leads have changed</h3>
      {drift.length === 0 && (
        <p className={classes.learnt}>They have not: every criterion is met as before.</p>
      )}
      {drift.map(({ said }) => (
        <p key={said} className={classes.learnt}>
          {said}
        </p>
      ))}
      <h3 className={classes.part}>What the points should be</h3>
      {refusal !== null && <p className={classes.learnt}>{refusal}</p>}
      {suggestions.map((one) => (
        <Suggested key={one.clause} suggestion={one} review={review} />
      ))}
      {trial !== null && refusal === null && (
        <p className={classes.quiet}>
          Learnt from {many(trial.older, 'older lead')}, tried on {count(trial.newer)} newer ones: the points
          in force rank those with an AUC of {trial.auc.now.toFixed(2)}, the suggested ones with{' '}
          {trial.auc.suggested.toFixed(2)}, and in nine of ten samples with at least {trial.gain.toFixed(2)}{' '}
          more.
        </p>
      )}
    </>
  );
}

type Suggestion = FoundProps['of']['suggestions'][number];

function Suggested({
  suggestion: { clause, said, points },
  review,
}: {
  suggestion: Suggestion;
  review: string;
}) {
  const navigate = useNavigate();
  const draft = useAct(draftSuggestion, {
    changes: [...reviewChanges, '/api/pacts'],
    said: (_, { version }) => `Version ${version.number} is a draft of it.`,
    done: ({ version }) => void navigate({ href: `/pact/drafts/${version.number}` }),
  });
  return (
    <div className={classes.suggestion}>
      <p className={classes.learnt}>{said}</p>
      <div className={classes.about}>
        <Mark tone="accent">
          {points.now === 0 ? `new: +${points.suggested}` : `${points.now} → ${points.suggested}`}
        </Mark>
        {points.now !== 0 && (
          <Anchor component={GoTo} href={`/pact#${clause}`} size="xs">
            {clause}
          </Anchor>
        )}
        <Button
          variant="default"
          size="compact-sm"
          loading={draft.isPending}
          onClick={() => draft.mutate({ params: { review }, body: { clause } })}
        >
          Make a draft of it
        </Button>
      </div>
    </div>
  );
}
