import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMe } from '../../app/session.tsx';
import { Empty } from '../../parts/Empty.tsx';

type Props = {
  scope: string;
  filtered: boolean;
  onScope: (scope: string) => void;
  onClear: () => void;
};

/** Why there is nothing to answer, and where to look instead. */
export function NoHandoffs({ scope, filtered, onScope, onClear }: Props) {
  const me = useMe();
  if (filtered) {
    return (
      <Empty
        title="No handoff is like that"
        action={
          <Button variant="default" onClick={onClear}>
            Take the filters away
          </Button>
        }
      >
        The filters above leave none over.
      </Empty>
    );
  }
  if (scope === 'mine') {
    return (
      <Empty
        title="Nothing waits for you"
        action={
          <Button variant="default" onClick={() => onScope('queue')}>
            See what is nobody’s yet
          </Button>
        }
      >
        Every handoff of yours is answered and decided.
      </Empty>
    );
  }
  if (scope === 'queue') {
    return (
      <Empty
        title="Nothing waits for anybody to take it"
        action={
          <Button variant="default" onClick={() => onScope('party')}>
            See all of sales
          </Button>
        }
      >
        Every open handoff is with somebody.
      </Empty>
    );
  }
  return (
    <Empty
      title="No handoff is open"
      action={
        me.party === 'sales' ? (
          <Button variant="default" component={Link} to="/pact">
            Read when a lead is handed over
          </Button>
        ) : (
          <Button variant="default" component={Link} to="/leads">
            See the leads
          </Button>
        )
      }
    >
      As soon as a lead is an MQL by the pact in force, it is handed over and stands here.
    </Empty>
  );
}
