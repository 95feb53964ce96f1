import { Checkbox } from '@mantine/core';
import classes from './Keys.module.css';
import { nouns } from './scopes.ts';

type Props = { chosen: readonly string[]; onChange: (chosen: readonly string[]) => void };
const verbs = ['read', 'write'] as const;

/** What a key may do, noun by noun. */
export const Scopes = ({ chosen, onChange }: Props) => (
  <fieldset className={classes.scopes}>
    <legend>What it may do</legend>
    {nouns.map(({ noun, name, ...does }) => (
      <div key={noun} className={classes.noun}>
        <span className={classes.name}>{name}</span>
        {verbs.map((verb) => {
          const scope = `${noun}:${verb}`;
          const about = does[verb];
          return about === undefined ? (
            <span key={verb} />
          ) : (
            <Checkbox
              key={verb}
              label={about}
              title={scope}
              aria-label={`${name}: ${about}`}
              checked={chosen.includes(scope)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
              }
            />
          );
        })}
      </div>
    ))}
  </fieldset>
);
