import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listSettings, readConfig } from '#platform/config/config.ts';
import { readSecret } from '#platform/config/secret.ts';

it('needs nothing', () => {
  expect(readConfig({}, '/srv/leadpact')).toEqual({
    databaseUrl: null,
    dataDirectory: '/srv/leadpact/data',
    port: 4600,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1:4600',
    secret: null,
    smtpUrl: null,
    allowedHosts: [],
    role: 'all',
    logLevel: 'info',
    telemetry: {},
  });
});

it('takes what is set, and an empty variable as absent', () => {
  const config = readConfig(
    {
      DATABASE_URL: 'postgres://u:p@a:5432,b:5433/leads',
      LEADPACT_DATA: '/var/lib/leads',
      PORT: '80',
      HOST: '::',
      LEADPACT_URL: 'https://leads.example.com/',
      LEADPACT_ALLOW_HOSTS: 'crm.internal, 10.1.0.0/16',
      LEADPACT_ROLE: 'worker',
      LOG_LEVEL: '',
      OTEL_SERVICE_NAME: 'leads',
      OTHER: 'x',
    },
    '/srv',
  );
  expect(config).toMatchObject({
    databaseUrl: 'postgres://u:p@a:5432,b:5433/leads',
    dataDirectory: '/var/lib/leads',
    port: 80,
    publicUrl: 'https://leads.example.com',
    allowedHosts: ['crm.internal', '10.1.0.0/16'],
    role: 'worker',
    logLevel: 'info',
    telemetry: { OTEL_SERVICE_NAME: 'leads' },
  });
  expect(readConfig({ HOST: '::' }, '/').publicUrl).toBe('http://localhost:4600');
});

it('names every variable at fault, and shows no secret', () => {
  const wrong = {
    DATABASE_URL: 'mysql://root:hunter2@x/y',
    PORT: '70000',
    LEADPACT_URL: 'leads.example.com',
    LEADPACT_SECRET: 'short',
    LEADPACT_ROLE: 'web',
    LOG_LEVEL: 'loud',
  };
  const read = () => readConfig(wrong, '/');
  for (const name of Object.keys(wrong)) expect(read).toThrow(`${name}: found `);
  expect(read).toThrow('PORT: found "70000", wanted a whole number from 0 to 65535.');
  expect(read).toThrow('LEADPACT_ROLE: found "web", wanted all, api or worker.');
  expect(read).not.toThrow(/hunter2|"short"/);
});

it('lists its settings for the doctor with secrets masked', () => {
  const settings = listSettings({
    DATABASE_URL: 'postgres://u:hunter2@a:5432,b/leads?password=x',
    LEADPACT_SECRET: 'very secret indeed',
    PORT: '80',
  });
  expect(JSON.stringify(settings)).not.toMatch(/hunter2|password=|very secret/);
  expect(settings).toContainEqual(
    expect.objectContaining({
      name: 'DATABASE_URL',
      value: 'postgres://…@a:5432,b/leads',
      from: 'environment',
    }),
  );
  expect(settings).toContainEqual(
    expect.objectContaining({ name: 'HOST', value: '127.0.0.1', from: 'default' }),
  );
});

it('makes a secret once, for its owner alone', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'leadpact-config-'));
  try {
    const config = readConfig({ LEADPACT_DATA: join(directory, 'deep', 'data') }, '/');
    const secrets = await Promise.all([readSecret(config), readSecret(config)]);
    expect(new Set([...secrets, await readSecret(config)]).size).toBe(1);
    expect(secrets[0]!.length).toBeGreaterThanOrEqual(32);
    const path = join(config.dataDirectory, 'secret');
    expect((await stat(path)).mode & 0o777).toBe(0o600);

    await writeFile(path, 'x');
    await expect(readSecret(config)).rejects.toThrow(/holds 1 characters, a secret has 32 or more/);
    await expect(readSecret({ ...config, dataDirectory: join(path, 'below') })).rejects.toThrow(
      /LEADPACT_SECRET/,
    );
    expect(await readSecret({ ...config, secret: 's'.repeat(32) })).toBe('s'.repeat(32));
  } finally {
    await rm(directory, { recursive: true });
  }
});
