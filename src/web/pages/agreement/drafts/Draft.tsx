import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { showVersion, type Version } from '#contract/pacts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Failed } from '../../../app/Failed.tsx';
import { Opening } from '../../../app/Opening.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Page } from '../../../parts/Page.tsx';
import { Standing } from '../../pact/standings.tsx';
import { usePact } from '../../pact/usePact.ts';
import { Effect } from '../effect/Effect.tsx';
import { Writing } from './Writing.tsx';

const tabs = [
  { value: 'write', label: 'Write' },
  { value: 'effect', label: 'Effect by replay' },
];

/** One version while it is written, and what it would do. */
export function Draft() {
  const { number } = useParams({ from: '/inside/pact/drafts/$number' });
  const { known, error, refetch } = usePact();
  const version = useAsk(
    showVersion,
    { params: { pact: known?.pact.id ?? '', number: Number(number) } },
    { enabled: known !== undefined && known !== null },
  );
  if (known === undefined)
    return error === null ? <Opening /> : <Failed error={error} reset={() => void refetch()} />;
  if (known === null) {
    return (
      <Page title={`Version ${number}`}>
        <Empty
          title="No pact yet"
          action={
            <Button component={Link} to="/start">
              Choose a template
            </Button>
          }
        >
          There is nothing to change yet.
        </Empty>
      </Page>
    );
  }
  return (
    <Asked of={version} meanwhile={<Opening />}>
      {(one) => <Shown key={one.number} pact={known.pact.id} version={one} />}
    </Asked>
  );
}

function Shown({ pact, version }: { pact: string; version: Version }) {
  const { show } = useSearch({ from: '/inside/pact/drafts/$number' });
  const navigate = useNavigate();
  const shown = show === 'effect' ? 'effect' : 'write';
  return (
    <Page
      wide
      title={`Version ${version.number}`}
      marks={<Standing of={version} />}
      about={
        <>
          {version.note !== null && `${version.note} `}
          <Anchor component={Link} to="/pact/drafts" size="sm">
            All drafts
          </Anchor>
          {version.base !== null && (
            <>
              {' · '}
              <Anchor component={Link} to={`/pact/difference/${version.base}/${version.number}`} size="sm">
                What changes from version {version.base}
              </Anchor>
            </>
          )}
        </>
      }
      actions={
        <SegmentedControl
          aria-label="What is shown"
          data={tabs}
          value={shown}
          onChange={(next) =>
            void navigate({
              href: `/pact/drafts/${version.number}${next === 'effect' ? '?show=effect' : ''}`,
              replace: true,
            })
          }
        />
      }
    >
      {shown === 'effect' ? (
        <Effect pact={pact} version={version} />
      ) : (
        <Writing pact={pact} version={version} />
      )}
    </Page>
  );
}
