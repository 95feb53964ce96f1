/** What misalignment costs, for anybody: numbers of one's own, worked out in the browser, sent nowhere. */
import { NumberInput, TextInput } from '@mantine/core';
import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { CAVEATS, COST_BUCKETS, type CostBucket, costOf, RULES_OF_THUMB } from '#engine/measures/cost.ts';
import { money } from '../../../app/format/numbers.ts';
import { writeSearch } from '../../../app/search.ts';
import { Card } from '../../../parts/Card.tsx';
import classes from '../Measures.module.css';
import { AssumptionField } from './AssumptionField.tsx';
import { assumptions } from './assumptions.ts';
import own from './Cost.module.css';
import { CostFigure } from './CostFigure.tsx';

const questions: Record<CostBucket, string> = {
  untouched: 'Leads nobody ever called',
  late: 'Leads called late',
  rejected: 'Leads given back as not fitting',
  unnurtured: 'Leads never taken up again',
};
/** A month as many have it, to begin with. */
const example: Record<CostBucket, number> = { untouched: 60, late: 80, rejected: 100, unnurtured: 40 };

type Typed = Readonly<Record<string, string | undefined>>;

/** A number that was typed, or the one to begin with. */
function numberIn(typed: Typed, name: string, otherwise: number): number {
  const value = Number(typed[name]);
  return typed[name] === undefined || !Number.isFinite(value) || value < 0 ? otherwise : value;
}

const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

export function CostForm() {
  const router = useRouter();
  const typed = useLocation({ select: ({ search }) => search }) as Typed;
  useEffect(() => {
    document.title = 'What misalignment costs · Leadpact';
  }, []);
  const change = (name: string, value: string): void =>
    void router.navigate({
      href: `/cost${writeSearch({ ...typed, [name]: value })}`,
      replace: true,
      resetScroll: false,
    });
  const currency = typed.currency !== undefined && isCurrency(typed.currency) ? typed.currency : 'USD';
  const leads = Object.fromEntries(
    COST_BUCKETS.map((bucket) => [bucket, Math.floor(numberIn(typed, bucket, example[bucket]))]),
  ) as Record<CostBucket, number>;
  const assumed = Object.fromEntries(
    assumptions.map(({ name }) => [name, numberIn(typed, name, RULES_OF_THUMB[name])]),
  ) as typeof RULES_OF_THUMB;
  const { lines, total } = costOf(leads, assumed);
  return (
    <main className={own.page}>
      <a href="/" className={own.brand}>
        <img src="/icon.svg" width={24} height={24} alt="" />
        Leadpact
      </a>
      <h1 className={own.title}>What misalignment costs</h1>
      <p className={own.lead}>
        Put in a month of your own. It is worked out in this browser and sent nowhere; the address keeps what
        you typed, so that you can pass it on.
      </p>
      <div className={classes.parts}>
        <Card title="A month’s leads">
          <div className={own.fields}>
            {COST_BUCKETS.map((bucket) => (
              <NumberInput
                key={bucket}
                label={questions[bucket]}
                value={leads[bucket]}
                min={0}
                allowDecimal={false}
                thousandSeparator=" "
                onChange={(value) => typeof value === 'number' && change(bucket, String(value))}
              />
            ))}
            <TextInput
              label="Currency"
              defaultValue={currency}
              maxLength={3}
              onChange={({ currentTarget: { value } }) => {
                const code = value.trim().toUpperCase();
                if (isCurrency(code)) change('currency', code);
              }}
            />
          </div>
        </Card>
        <CostFigure
          title={
            total === 0
              ? 'Nothing is lost on these numbers.'
              : `Misalignment costs ${money(total, currency)} a month, ${money(total * 12, currency)} a year.`
          }
          lines={lines}
          currency={currency}
        />
        <Card title="What is assumed" aside="rules of thumb: put your own in their place">
          <div className={own.fields}>
            {assumptions.map((assumption) => (
              <AssumptionField
                key={assumption.name}
                of={assumption}
                value={assumed[assumption.name]}
                currency={currency}
                onChange={(value) => change(assumption.name, String(value))}
              />
            ))}
          </div>
        </Card>
        <Card title="To be kept in mind">
          <ul className={classes.list2}>
            {CAVEATS.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </ul>
        </Card>
      </div>
    </main>
  );
}
