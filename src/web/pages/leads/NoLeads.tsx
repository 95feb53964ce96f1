import { Button, Group } from '@mantine/core';
import { Empty } from '../../parts/Empty.tsx';

/** Either nothing fits, or nobody has come in yet. */
export const NoLeads = ({ isNarrowed, onAll }: { isNarrowed: boolean; onAll: () => void }) =>
  isNarrowed ? (
    <Empty
      title="No lead is like that"
      action={
        <Button variant="default" onClick={onAll}>
          Show all leads
        </Button>
      }
    >
      Take away a filter, or look for less of the name: the beginning of it is enough.
    </Empty>
  ) : (
    <Empty
      title="No leads yet"
      action={
        <Group justify="center">
          <Button component="a" href="/settings/data">
            Import a CSV file
          </Button>
          <Button component="a" href="/settings/keys" variant="default">
            Send events
          </Button>
        </Group>
      }
    >
      Import the export of your CRM as it is, or send events with a write key: Segment and RudderStack clients
      work unchanged.
    </Empty>
  );
