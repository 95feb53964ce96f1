import { Button, CopyButton, Select } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { showQuarter } from '#contract/reports.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { Card } from '../../../parts/Card.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Figures } from '../Figures.tsx';
import { MissedWins } from '../leaks/MissedWins.tsx';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { useMeasures } from '../useMeasures.ts';

const BACK = 8;

/** The quarter that runs and those before it. */
function quarters(now: Date): string[] {
  const running = now.getFullYear() * 4 + Math.floor(now.getMonth() / 3);
  return Array.from(
    { length: BACK },
    (_, i) => `${Math.floor((running - i) / 4)}-Q${((running - i) % 4) + 1}`,
  );
}

/** The quarter on one page: what was promised, what came, and what changes next. */
export function Quarter() {
  const { search, scope, change } = useMeasures();
  const { team, source, region } = scope;
  const quarter = useAsk(
    showQuarter,
    { query: { quarter: search.quarter, team, source, region } as never },
    { keep: true },
  );
  return (
    <Report
      title="Quarter report"
      about="Volume, quality, follow-up, close and market, each against its promise."
      of={quarter}
      isScoped={false}
      actions={
        <>
          <Select
            aria-label="Quarter"
            w={130}
            value={search.quarter ?? quarter.data?.quarter ?? null}
            onChange={(chosen) => change({ quarter: chosen ?? '' })}
            data={quarters(new Date())}
            allowDeselect={false}
          />
          <CopyButton value={quarter.data?.markdown ?? ''}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={<IconCopy size={16} aria-hidden />}
                onClick={copy}
                disabled={!quarter.data}
              >
                {copied ? 'Copied' : 'Copy as text'}
              </Button>
            )}
          </CopyButton>
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => print()}
          >
            Print
          </Button>
        </>
      }
    >
      {({ title, says, chapters, versions, next, period }) => (
        <>
          <Card title={title}>
            <p className={classes.says}>{says}</p>
            <p className={classes.quiet}>
              {versions.map(({ version, from, says: words }) => (
                <span key={version}>
                  {words.replace(/\.$/, '')}, from {dateOf(from)}.{' '}
                </span>
              ))}
            </p>
          </Card>
          <div className={classes.pair}>
            {chapters.map(({ id, title: chapter, figures, kept }) => (
              <Card
                key={id}
                title={chapter}
                aside={
                  kept !== null && <Mark tone={kept ? 'good' : 'warn'}>{kept ? 'Kept' : 'Not kept'}</Mark>
                }
              >
                <Figures of={figures} isOver={period.over} />
              </Card>
            ))}
            <Card title="What changes next">
              <ul className={classes.list2}>
                {next.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </Card>
          </div>
          <MissedWins scope={{ from: period.from, to: period.to, team, source, region }} />
        </>
      )}
    </Report>
  );
}
