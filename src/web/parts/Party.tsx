import classes from './marks.module.css';

type PartyOrNone = 'marketing' | 'sales' | null;

export const partyName = (party: PartyOrNone): string =>
  party === null ? 'Facilitator' : party === 'marketing' ? 'Marketing' : 'Sales';

/** Whose something is: always in that party's colour, always in words too. */
export const Party = ({ party }: { party: PartyOrNone }) => (
  <span className={classes.mark} data-tone={party ?? 'neutral'}>
    {partyName(party)}
  </span>
);
