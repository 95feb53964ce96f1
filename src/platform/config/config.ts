import { resolve } from 'node:path';
import { z } from 'zod';
import { InputError } from '#platform/errors.ts';
import { type LogLevel, logLevels } from '#platform/log.ts';

/** Which parts of the service a process runs. */
type Role = 'all' | 'api' | 'worker';

/** What the environment says, read once at start. */
export type Config = Readonly<{
  /** A PostgreSQL of the user's own; null: the embedded one in the data directory. May list several hosts. */
  databaseUrl: string | null;
  /** Absolute path of the data directory. */
  dataDirectory: string;
  port: number;
  host: string;
  /** The public origin, without a slash at its end. */
  publicUrl: string;
  /** What signs sessions and form tokens; null: generated and kept in the data directory. */
  secret: string | null;
  smtpUrl: string | null;
  /** Hosts and networks that may be called although they are not of the public internet. */
  allowedHosts: readonly string[];
  role: Role;
  logLevel: LogLevel;
  /** `OTEL_…` as they are; OpenTelemetry reads them under its own names. */
  telemetry: Readonly<Record<string, string>>;
}>;

type Environment = Readonly<Record<string, string | undefined>>;

const url = (protocols: string[], wanted: string) =>
  z.string().refine((text) => protocols.some((protocol) => text.startsWith(`${protocol}://`)), wanted);

/** The variables we read: what each takes, what it is for, and whether it must not be shown. */
const variables = {
  DATABASE_URL: {
    about: 'PostgreSQL 15 or newer; without it an embedded one runs in the data directory',
    secret: true,
    takes: url(['postgres', 'postgresql'], 'postgres://user:password@host:5432/database').nullable(),
    otherwise: null,
  },
  LEADPACT_DATA: {
    about: 'the data directory',
    secret: false,
    takes: z.string(),
    otherwise: 'data',
  },
  PORT: {
    about: 'port to listen on',
    secret: false,
    takes: z
      .string()
      .regex(/^\d{1,5}$/, 'a whole number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65535, 'a whole number from 0 to 65535'),
    otherwise: '4600',
  },
  HOST: {
    about: 'address to listen on',
    secret: false,
    takes: z.string(),
    otherwise: '127.0.0.1',
  },
  LEADPACT_URL: {
    about: 'public origin, as users type it',
    secret: false,
    takes: z
      .string()
      .refine(
        (text) => originOf(text) !== null,
        'an origin without a path, such as https://leads.example.com',
      )
      .transform((text) => originOf(text))
      .nullable(),
    otherwise: null,
  },
  LEADPACT_SECRET: {
    about: 'signs sessions; the same on every node. Generated and kept in the data directory when absent',
    secret: true,
    takes: z
      .string()
      .min(32, 'at least 32 characters, for instance the output of: openssl rand -base64 32')
      .nullable(),
    otherwise: null,
  },
  SMTP_URL: {
    about: 'where mail is handed over; without it no mail is sent',
    secret: true,
    takes: url(['smtp', 'smtps'], 'smtp://user:password@host:587').nullable(),
    otherwise: null,
  },
  LEADPACT_ALLOW_HOSTS: {
    about: 'where webhooks may go inside your own network: crm.internal,10.0.0.5:8080,10.1.0.0/16',
    secret: false,
    takes: z.string().transform((text) => text.split(',').flatMap((entry) => entry.trim() || [])),
    otherwise: '',
  },
  LEADPACT_ROLE: {
    about: 'which parts this process runs',
    secret: false,
    takes: z.enum(['all', 'api', 'worker'], 'all, api or worker'),
    otherwise: 'all',
  },
  LOG_LEVEL: {
    about: 'how much is logged',
    secret: false,
    takes: z.enum(logLevels, logLevels.join(', ')),
    otherwise: 'info',
  },
} as const;
type Variable = keyof typeof variables;

/**
 * Reads the environment. An empty variable counts as absent.
 * @param environment usually `process.env`, with the command line's own options laid over it.
 * @param directory what a relative data directory is relative to.
 * @throws InputError that names every variable at fault, what it holds and what was wanted.
 */
export function readConfig(environment: Environment, directory: string): Config {
  const faults: string[] = [];
  const read = <V extends Variable>(name: V): z.output<(typeof variables)[V]['takes']> => {
    const { takes, otherwise, secret } = variables[name];
    const given = environment[name] || otherwise;
    const result = takes.safeParse(given);
    if (!result.success) {
      const found = secret ? '(not shown)' : JSON.stringify(given);
      faults.push(`${name}: found ${found}, wanted ${result.error.issues[0]?.message}.`);
    }
    return result.data as z.output<(typeof variables)[V]['takes']>;
  };

  const host = read('HOST');
  const port = read('PORT');
  const config: Config = {
    databaseUrl: read('DATABASE_URL'),
    dataDirectory: resolve(directory, read('LEADPACT_DATA')),
    port,
    host,
    publicUrl: read('LEADPACT_URL') ?? `http://${nameOf(host)}:${port}`,
    secret: read('LEADPACT_SECRET'),
    smtpUrl: read('SMTP_URL'),
    allowedHosts: read('LEADPACT_ALLOW_HOSTS'),
    role: read('LEADPACT_ROLE'),
    logLevel: read('LOG_LEVEL'),
    telemetry: Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) =>
        name.startsWith('OTEL_') && value ? [[name, value]] : [],
      ),
    ),
  };
  if (faults.length > 0) throw new InputError(`The environment is at fault. ${faults.join(' ')}`);
  return Object.freeze(config);
}

/** One line of `leadpact doctor`. */
export type Setting = { name: string; value: string; from: 'environment' | 'default'; about: string };

/** What the environment sets and what is assumed instead, with secrets masked. */
export function listSettings(environment: Environment): Setting[] {
  return Object.entries(variables).map(([name, { about, secret, otherwise }]) => {
    const given = environment[name];
    const value = given ? (secret ? masked(given) : given) : (otherwise ?? '');
    return { name, value, from: given ? 'environment' : 'default', about };
  });
}

/** A URL keeps its scheme, hosts and path, so that one sees where it leads; anything else is not shown at all. */
function masked(value: string): string {
  const match = /^(\w+:\/\/)(?:[^@/]*@)?([^?]*)/.exec(value);
  return match ? `${match[1]}…@${match[2]}` : '…';
}

/** The origin that a text is, or null when it is anything more or less than one. */
function originOf(text: string): string | null {
  const url = /^https?:\/\//.test(text) ? URL.parse(text) : null;
  return url && url.origin === text.replace(/\/$/, '') ? url.origin : null;
}

/** What to call an address that is listened on: an address of every interface cannot be typed into a browser. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
