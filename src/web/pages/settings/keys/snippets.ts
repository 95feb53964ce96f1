/** A first event, by each of the clients that people use. */
import type { WriteKey } from '#contract/workspaces.ts';

const snippets = {
  segment: (key: string, origin: string) => `import { AnalyticsBrowser } from '@segment/analytics-next';

const analytics = AnalyticsBrowser.load({ writeKey: '${key}', cdnURL: '${origin}' });
analytics.page();
analytics.identify('user-1', { email: 'jane@acme.example' });
analytics.track('Form Submitted', { form: 'demo' });`,
  rudder: (key: string, origin: string) => `import { RudderAnalytics } from '@rudderstack/analytics-js';

const analytics = new RudderAnalytics();
analytics.load('${key}', '${origin}', { configUrl: '${origin}' });
analytics.page();
analytics.identify('user-1', { email: 'jane@acme.example' });
analytics.track('Form Submitted', { form: 'demo' });`,
  segmentNode: (key: string, origin: string) => `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: '${key}', host: '${origin}' });
analytics.identify({ userId: 'user-1', traits: { email: 'jane@acme.example' } });
analytics.track({ userId: 'user-1', event: 'Form Submitted', properties: { form: 'demo' } });`,
  rudderNode: (key: string, origin: string) => `import Analytics from '@rudderstack/rudder-sdk-node';

const analytics = new Analytics('${key}', { dataPlaneUrl: '${origin}' });
analytics.identify({ userId: 'user-1', traits: { email: 'jane@acme.example' } });
analytics.track({ userId: 'user-1', event: 'Form Submitted', properties: { form: 'demo' } });`,
  curl: (key: string, origin: string) => `curl -u ${key}: ${origin}/v1/track \\
  -d '{"userId": "user-1", "event": "Form Submitted", "properties": {"form": "demo"}}'`,
} as const;

export type Client = keyof typeof snippets;

const names: Record<Client, string> = {
  segment: 'Segment',
  rudder: 'RudderStack',
  segmentNode: 'Segment, Node',
  rudderNode: 'RudderStack, Node',
  curl: 'curl',
};
const offered: Record<WriteKey['trust'], readonly Client[]> = {
  browser: ['segment', 'rudder', 'curl'],
  server: ['segmentNode', 'rudderNode', 'curl'],
};

export const clientsOf = (trust: WriteKey['trust']) =>
  offered[trust].map((value) => ({ value, label: names[value] }));

export const snippetOf = (client: Client, key: string, origin: string): string =>
  snippets[client](key, origin);
