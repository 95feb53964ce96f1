import { readConfig } from '#platform/config/config.ts';
import { CallError } from '#platform/errors.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { openLog } from '#platform/log.ts';
import type { FirstStart } from '#server/first-start.ts';
import { startServer } from '#server/main.ts';
import { command, DONE, type Format } from './command.ts';
import { type Style, styleFor } from './terminal/style.ts';
import { freshWeb } from './web-build.ts';

export const start = command({
  name: 'start',
  summary: 'run Leadpact: database, ingest, API and worker, until it is told to stop',
  operands: [],
  options: {
    port: { kind: 'text', value: 'PORT', help: 'where to listen; 4600, or what PORT says' },
    data: { kind: 'file', value: 'DIR', help: 'where data is kept; ./data, or what LEADPACT_DATA says' },
    demo: { kind: 'flag', help: 'with a demo company to look around in, beside your own workspace' },
    empty: { kind: 'flag', help: 'with your own, empty workspace alone' },
  },
  examples: [
    ['leadpact start', 'an embedded PostgreSQL in ./data, answering on http://127.0.0.1:4600'],
    ['leadpact start --demo', 'the same, with eighteen months of an example company'],
    ['DATABASE_URL=postgres://… leadpact start --port 80', 'a PostgreSQL of your own'],
  ],
  run: async ({ options: { port, data, demo, empty }, format, io }) => {
    if (demo && empty) throw new CallError('--demo and --empty: wanted one of them');
    const stopped = untilTold(['SIGTERM', 'SIGINT']);
    const environment = {
      ...process.env,
      ...(port !== undefined && { PORT: port }),
      ...(data !== undefined && { LEADPACT_DATA: data }),
    };
    const config = readConfig(environment, io.folder);
    const web = config.role === 'worker' ? null : await freshWeb(io.err);
    const { address, firstStart, setup, stop } = await startServer(config, openLog(config.logLevel), {
      demo,
      entry: io.entry,
    });
    await web?.built;
    const started = { address, firstStart, setup, choice: demo ? 'demo' : empty ? 'empty' : 'open' } as const;
    await io.out.write(said[format](started, styleFor(io.out.colour)));
    await stopped;
    await io.err.write('Leadpact is being stopped: what was begun is finished first.\n');
    await stop();
    return DONE;
  },
});

/** Resolves at the first of the signals. A second one ends the process at once, as if nobody listened. */
const untilTold = (signals: NodeJS.Signals[]): Promise<void> =>
  new Promise((resolve) => {
    const told = (): void => {
      for (const signal of signals) process.removeListener(signal, told);
      resolve();
    };
    for (const signal of signals) process.on(signal, told);
  });

type Started = {
  address: string;
  firstStart: FirstStart | null;
  setup: string | null;
  /** What was asked for: the demo, nothing but an empty workspace, or neither. */
  choice: 'demo' | 'empty' | 'open';
};

/** What the first start shows besides, under the names that programs read it by. */
const keysOf = ({ workspace, websiteKey, serverKey, apiKey }: FirstStart): Record<string, string> => ({
  workspace,
  write_key: websiteKey,
  server_write_key: serverKey,
  api_key: apiKey,
});

const rowOf = ({ address, firstStart, setup }: Started): Record<string, string> => ({
  address,
  ...(setup && { setup }),
  ...(firstStart && keysOf(firstStart)),
});

const said: Record<Format, (started: Started, style: Style) => string> = {
  json: (started) => `${JSON.stringify(rowOf(started))}\n`,
  csv: (started) => csvLine(Object.keys(rowOf(started))) + csvLine(Object.values(rowOf(started))),
  table: ({ address, firstStart, setup, choice }, style) =>
    [
      `Leadpact answers on ${style.bold(address)}`,
      ...(setup === null ? [] : ['', `Open this to begin: ${style.bold(setup)}`, begin[choice]]),
      ...(firstStart === null ? [] : welcome(firstStart, address, style)),
      style.dim('Ctrl-C stops it.'),
      '',
    ].join('\n'),
};

const begin: Record<Started['choice'], string> = {
  open: 'There you start with your own, or tour the demo company.',
  demo: 'There you start with your own, or tour the demo company, which is being built.',
  empty: 'There you name your workspace and yourself.',
};

const welcome = ({ websiteKey, serverKey, apiKey }: FirstStart, address: string, style: Style): string[] => [
  '',
  'There was no workspace yet: an empty one was made. Its keys, shown this once:',
  '',
  `  write key for websites   ${style.bold(websiteKey)}`,
  `  write key for servers    ${style.bold(serverKey)}`,
  `  API key                  ${style.bold(apiKey)}`,
  '',
  'Send a first event: Segment and RudderStack clients work as they are, pointed here.',
  '',
  `  curl -u ${serverKey}: ${address}/v1/identify -d '{"userId": "1", "traits": {"email": "jane@acme.example"}}'`,
  '',
];
