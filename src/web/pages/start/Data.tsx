import { Anchor, Code, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { listWriteKeys } from '#contract/workspaces.ts';
import { useAsk } from '../../app/api/queries.ts';

/** Three ways in: the export of a CRM, a client on a website, a server. */
export function Data() {
  const keys = useAsk(listWriteKeys).data?.items.filter(({ revoked_at }) => revoked_at === null) ?? [];
  const key = keys.find(({ trust }) => trust === 'server') ?? keys[0];
  return (
    <>
      <Text size="sm" mb={8}>
        <Anchor component={Link} to="/settings/data" size="sm" underline="always">
          Import a CSV file
        </Anchor>{' '}
        as HubSpot, Salesforce or any other system exported it, or send events: Segment and RudderStack
        clients work as they are, pointed here.
      </Text>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {`curl -u ${key?.key ?? 'WRITE_KEY'}: ${location.origin}/v1/identify \\\n  -d '{"userId": "1", "traits": {"email": "jane@acme.example"}}'`}
      </Code>
    </>
  );
}
