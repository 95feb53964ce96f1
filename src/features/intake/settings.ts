/** What browser clients fetch before they send anything. The same for every key: whether it is known shows when it is used. */

/** For Segment's `analytics-next`: send everything here, filter nothing, report nothing about yourself. */
export function segmentSettings(writeKey: string, publicUrl: string): object {
  const { protocol, host } = new URL(publicUrl);
  return {
    integrations: {
      'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol: protocol.slice(0, -1) },
    },
    plan: {
      track: { __default: { enabled: true } },
      identify: { __default: { enabled: true } },
      group: { __default: { enabled: true } },
    },
    enabledMiddleware: {},
    remotePlugins: [],
    metrics: { sampleRate: 0 },
  };
}

/** For RudderStack's browser client: a source that is switched on and has no other destinations. */
export function rudderConfig(writeKey: string): object {
  const never = '2026-01-01T00:00:00.000Z';
  return {
    source: {
      id: 'leadpact',
      name: 'Leadpact',
      writeKey,
      workspaceId: 'leadpact',
      enabled: true,
      config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
      destinations: [],
      dataplanes: {},
      createdAt: never,
      updatedAt: never,
    },
    consentManagementMetadata: { providers: [] },
    updatedAt: never,
  };
}
