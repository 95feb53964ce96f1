import { Button, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { exportLeads } from '#contract/leads.ts';
import { urlOf } from '../../../app/api/call.ts';
import classes from '../Settings.module.css';

/** All of it, out again. */
export const Exports = () => (
  <Stack gap="sm">
    <div className={classes.acts}>
      <Button
        component="a"
        variant="default"
        href={urlOf(exportLeads, {})}
        download
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        Leads as CSV
      </Button>
      <span className={classes.quiet}>
        At most 100,000; narrow them in <Link to="/leads">Leads</Link> first and export what is shown.
      </span>
    </div>
    <Text size="sm">
      Everything else is written on the server, without a limit: leads, activities, deals, verdicts, moves,
      handoffs, touches, clocks, messages, pacts, people and the journal, a file for each.
    </Text>
    <pre className={classes.block}>leadpact export all ./everything</pre>
  </Stack>
);
