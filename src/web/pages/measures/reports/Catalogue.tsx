import { Button, Select, TextInput } from '@mantine/core';
import { type Catalogued, changeMeasure, listMeasures } from '#contract/measures.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMembers } from '../../../app/members.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Page } from '../../../parts/Page.tsx';
import { Party } from '../../../parts/Party.tsx';
import classes from '../Measures.module.css';
import own from './Catalogue.module.css';

/** Each measure: how it is worked out, who answers for it, when both look again whether it still measures what it should. */
export function Catalogue() {
  return (
    <Page
      title="Catalogue"
      about="Each measure with its formula, who answers for it, and when it is looked at again."
    >
      <Asked of={useAsk(listMeasures)}>
        {({ items }) => (
          <div className={classes.parts}>
            {items.map((measure) => (
              <Measure key={measure.id} of={measure} />
            ))}
          </div>
        )}
      </Asked>
    </Page>
  );
}

function Measure({ of }: { of: Catalogued }) {
  const { id, name, party, formula, source, owner, review_on, retired_at, note, revision } = of;
  const me = useMe();
  const members = useMembers();
  const act = useAct(changeMeasure, {
    changes: ['/api/measures', '/api/reports'],
    said: () => `${name}: changed`,
  });
  const change = (
    body: Partial<{ owner: string | null; review_on: string | null; retired: boolean }>,
  ): void => act.mutate({ params: { measure: id }, body: { ...body, revision } });
  // Figures are for everybody; who answers for them is said by leads, managers and the facilitator.
  const may = me.rank !== 'member' || me.party === null;
  const isRetired = retired_at !== null;
  return (
    <Card
      title={
        <span className={own.name} id={id}>
          {name} {party === 'both' ? <Mark>Both</Mark> : <Party party={party} />}{' '}
          {isRetired && <Mark tone="warn">Retired</Mark>}
        </span>
      }
      aside={
        may && (
          <Button variant="subtle" size="compact-sm" onClick={() => change({ retired: !isRetired })}>
            {isRetired ? 'Take back into use' : 'Retire'}
          </Button>
        )
      }
    >
      <p className={own.formula}>{formula}</p>
      <p className={classes.quiet}>
        {source}
        {note !== null && `. ${note}`}
      </p>
      {may ? (
        <div className={own.fields}>
          <Select
            label="Answers for it"
            placeholder="Nobody yet"
            searchable
            clearable
            size="xs"
            value={owner}
            onChange={(chosen) => change({ owner: chosen })}
            data={members.present.map((member) => ({ value: member.id, label: member.name }))}
          />
          <TextInput
            key={review_on}
            label="Looked at again on"
            type="date"
            size="xs"
            defaultValue={review_on ?? ''}
            onBlur={({ currentTarget: { value } }) => {
              if (value !== (review_on ?? '')) change({ review_on: value === '' ? null : value });
            }}
          />
        </div>
      ) : (
        <p className={classes.quiet}>
          {owner === null ? 'Nobody answers for it yet' : `${members.nameOf(owner)} answers for it`}
          {review_on !== null && `, looked at again on ${review_on}`}.
        </p>
      )}
    </Card>
  );
}
