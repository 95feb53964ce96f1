import { Button, NumberInput, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { changeRetention, type Retention as Kept, showRetention } from '#contract/personal-data.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { many } from '../../../app/format/numbers.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { WhoMay } from '../Shown.tsx';

/** How long what visitors did is kept who never gave a name. */
export function Retention() {
  const me = useMe();
  const retention = useAsk(showRetention);
  return (
    <Asked of={retention}>
      {({ unknown_visitors_months: months }) =>
        me.rank === 'manager' ? (
          <Change key={months} months={months} />
        ) : (
          <>
            <Text size="sm">
              {months === null
                ? 'What visitors did who never gave a name is kept.'
                : `What visitors did who never gave a name is forgotten after ${many(months, 'month')}.`}
            </Text>
            <WhoMay>Managers change how long it is kept.</WhoMay>
          </>
        )
      }
    </Asked>
  );
}

function Change({ months }: { months: Kept['unknown_visitors_months'] }) {
  const [keeps, setKeeps] = useState(months === null);
  const [typed, setTyped] = useState<number | string>(months ?? 13);
  const change = useAct(changeRetention, {
    changes: ['/api/retention'],
    said: (_, { unknown_visitors_months: now }) =>
      now === null
        ? 'It is kept.'
        : `It is forgotten after ${many(now, 'month')}, the first time within a day.`,
  });
  const next = keeps ? null : Number(typed);
  const isNew = next !== months && (next === null || (next >= 1 && next <= 120));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ body: { unknown_visitors_months: next } });
      }}
    >
      <Stack gap="sm">
        <Radio.Group
          label="What visitors did who never gave a name"
          value={keeps ? 'kept' : 'forgotten'}
          onChange={(value) => setKeeps(value === 'kept')}
        >
          <Stack gap={8} mt={6}>
            <Radio value="kept" label="Is kept" />
            <Radio value="forgotten" label="Is forgotten after a while. This is not undone" />
          </Stack>
        </Radio.Group>
        {!keeps && (
          <NumberInput
            label="After so many months"
            w={180}
            min={1}
            max={120}
            allowDecimal={false}
            value={typed}
            onChange={setTyped}
          />
        )}
        <Button type="submit" variant="default" w="fit-content" disabled={!isNew} loading={change.isPending}>
          Save
        </Button>
      </Stack>
    </form>
  );
}
