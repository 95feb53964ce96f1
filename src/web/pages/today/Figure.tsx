import type { Figure as Counted } from '#contract/today.ts';
import { count } from '../../app/format/numbers.ts';
import { GoTo } from '../../parts/GoTo.tsx';
import { Stat } from '../../parts/Stat.tsx';
import classes from './Today.module.css';

type Open = NonNullable<Counted['open']>;

/** Where the lists of each noun are; null: there is none of its own. */
const lists: Record<Open['noun'], string | null> = {
  handoffs: '/handoffs',
  leads: '/leads',
  pacts: '/pact',
  deals: null,
};

/** The address of exactly what was counted. */
function addressOf(open: Counted['open']): string | null {
  const list = open && lists[open.noun];
  return open === null || list === null ? null : `${list}?${new URLSearchParams(open.filter)}`;
}

type CountProps = {
  of: Counted;
  label?: string;
  /** Where it is looked at, where no list opens exactly these. */
  at?: string;
};

/** A number that opens what it counts. */
export function Count({ of: { n, more, open }, label, at }: CountProps) {
  const address = addressOf(open) ?? at ?? null;
  const words = `${count(n)}${more ? '+' : ''}`;
  if (address === null) return words;
  return (
    <GoTo
      href={address}
      className={classes.number}
      data-none={n === 0}
      {...(label !== undefined && { 'aria-label': label })}
    >
      {words}
    </GoTo>
  );
}

type Props = CountProps & {
  name: string;
  about?: string;
  /** How it looks when it is more than none. */
  tone?: 'good' | 'warn' | 'bad';
};

export const Figure = ({ name, of, at, about, tone }: Props) => (
  <Stat
    name={name}
    value={<Count of={of} label={`${name}: ${count(of.n)}`} {...(at !== undefined && { at })} />}
    {...(about !== undefined && { about })}
    {...(tone !== undefined && of.n > 0 && { tone })}
  />
);
