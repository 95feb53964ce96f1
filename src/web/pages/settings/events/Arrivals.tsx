import { Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Arrived, recentEvents } from '#contract/quarantine.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { exactly } from '../../../app/format/dates.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark, type Tone } from '../../../parts/Mark.tsx';
import { When } from '../../../parts/When.tsx';
import classes from '../Settings.module.css';
import { useKeyNames } from './useKeyNames.ts';

type Result = Arrived['result'];
const results: Record<Result, { name: string; tone: Tone }> = {
  accepted: { name: 'Accepted', tone: 'good' },
  repeated: { name: 'Repeated', tone: 'neutral' },
  rejected: { name: 'Refused', tone: 'bad' },
};

/** What the server has in memory nobody tells of: it is looked at again so often, in milliseconds. */
const EVERY = 2_000;

/** The live debugger: the last events of every write key, taken or not. */
export function Arrivals() {
  const [result, setResult] = useState<string | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const keys = useKeyNames();
  const recent = useAsk(
    recentEvents,
    {
      query: {
        limit: 100,
        ...(result !== null && { result: result as Result }),
        ...(key !== null && { write_key: key }),
      },
    },
    { keep: true, every: EVERY },
  );
  return (
    <Card title="Arriving now" aside="The last hundred of each write key" flush>
      <div className={classes.tools}>
        <Select
          aria-label="Result"
          placeholder="Every result"
          w={150}
          clearable
          data={Object.entries(results).map(([value, { name }]) => ({ value, label: name }))}
          value={result}
          onChange={setResult}
        />
        {keys.choices.length > 0 && (
          <Select
            aria-label="Write key"
            placeholder="Every write key"
            w={190}
            clearable
            data={keys.choices}
            value={key}
            onChange={setKey}
          />
        )}
      </div>
      <Asked of={recent}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={
                result === null && key === null ? 'Nothing has arrived yet' : 'Nothing of that kind lately'
              }
              action={
                <Button component={Link} to="/settings/keys" variant="default">
                  Send a first event
                </Button>
              }
            >
              Since this server was started. Send an event with a write key, and it shows here within two
              seconds: what is older is with its lead.
            </Empty>
          ) : (
            <ul className={classes.rows} aria-label="Arriving now">
              {keyed(items).map(({ key: place, one }) => (
                <Line key={place} of={one} keyName={keys.nameOf(one.write_key)} />
              ))}
            </ul>
          )
        }
      </Asked>
    </Card>
  );
}

function Line({
  of: { at, type, name, message_id, result, lead, reason, detail },
  keyName,
}: {
  of: Arrived;
  keyName: string | null;
}) {
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <div className={classes.name}>
          <Mark tone={results[result].tone}>{results[result].name}</Mark>
          {name ?? type ?? 'An event without a type'}
          {name !== null && type !== null && <span className={classes.quiet}>{type}</span>}
        </div>
        <div className={classes.quiet}>
          {result === 'rejected' && (
            <>
              {detail} ({reason})
              <br />
            </>
          )}
          {result === 'repeated' && (
            <>
              The same message id came before, with the same content: it counts once.
              <br />
            </>
          )}
          {[keyName, message_id].filter((text) => text !== null).join(' · ')}
        </div>
      </div>
      <div className={classes.acts}>
        {lead !== null && (
          <Link to="/leads/$id" params={{ id: lead }}>
            Its lead
          </Link>
        )}
        <span className={classes.quiet} title={exactly(at)}>
          <When at={at} />
        </span>
      </div>
    </li>
  );
}

/** Several that say the same at the same moment are told apart by their number. */
function keyed(items: readonly Arrived[]): { key: string; one: Arrived }[] {
  const times = new Map<string, number>();
  return items.map((one) => {
    const said = [one.at, one.write_key, one.message_id, one.type, one.name].join(' ');
    const time = (times.get(said) ?? 0) + 1;
    times.set(said, time);
    return { key: `${said} ${time}`, one };
  });
}
