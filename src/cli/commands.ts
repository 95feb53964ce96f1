/** The commands there are. Each is loaded when it is called, so that `check` does not wait for what `score` needs. */
import type { AnyCommand } from './command.ts';

type Entry = { summary: string; load: () => Promise<AnyCommand> };

export const commands: Record<string, Entry> = {
  start: {
    summary: 'run Leadpact until it is told to stop',
    load: async () => (await import('./start.ts')).start,
  },
  template: {
    summary: 'a pact to begin with, by kind of business',
    load: async () => (await import('./template.ts')).template,
  },
  check: {
    summary: 'validate a pact and say what it reads',
    load: async () => (await import('./check.ts')).check,
  },
  diff: {
    summary: 'what changed from one pact to another, in words',
    load: async () => (await import('./diff.ts')).diff,
  },
  pact: {
    summary: 'keep the pact of a running Leadpact as a file: pull it, push it as a draft',
    load: async () => (await import('./pact.ts')).pact,
  },
  score: {
    summary: 'the verdict for each lead of a file',
    load: async () => (await import('./score.ts')).score,
  },
  backtest: {
    summary: 'replay a pact over history and hold it to the deals',
    load: async () => (await import('./backtest.ts')).backtest,
  },
  calibrate: {
    summary: 'what won and lost leads say of each attribute, and the points that follow',
    load: async () => (await import('./calibrate.ts')).calibrate,
  },
  openapi: {
    summary: 'print the OpenAPI 3.1 description of the management API',
    load: async () => (await import('./openapi.ts')).openapi,
  },
  key: {
    summary: 'make, list and revoke the keys by which programs come in',
    load: async () => (await import('./key.ts')).key,
  },
  backup: {
    summary: 'write everything the database holds into one file, while others go on working',
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    summary: 'bring an empty database to what a backup holds',
    load: async () => (await import('./restore.ts')).restore,
  },
  migrate: {
    summary: 'bring the database up to date, as every start does',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  demo: {
    summary: 'build the demo company beside what is there, or remove it',
    load: async () => (await import('./demo.ts')).demo,
  },
  import: {
    summary: 'take leads, activities or deals of a file into a workspace',
    load: async () => (await import('./import.ts')).importCommand,
  },
  export: {
    summary: 'write what a workspace holds as CSV or lines of JSON',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  doctor: {
    summary: 'look at everything Leadpact needs, and say what to do where something is wrong',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  schema: {
    summary: 'print the JSON Schema of a pact file, for editors',
    load: async () => (await import('./schema.ts')).schema,
  },
};
