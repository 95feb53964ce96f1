import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config/config.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { openLog } from '#platform/log.ts';
import { type DemoTell, makeDemoHere, removeDemoHere } from '#server/demo.ts';
import { command, DONE, type Format } from './command.ts';
import { Progress } from './terminal/progress.ts';

export const demo = command({
  name: 'demo',
  summary: 'build the demo company beside what is there, or remove it',
  operands: [],
  options: {
    live: { kind: 'flag', help: 'stay, and let new leads and visits come in until Ctrl-C' },
    remove: { kind: 'flag', help: 'remove the demo company with all its data' },
    data: { kind: 'file', value: 'DIR', help: 'where data is kept; ./data, or what LEADPACT_DATA says' },
  },
  examples: [
    ['leadpact demo', 'eighteen months of an example company, ending now, in a workspace of its own'],
    ['leadpact demo --live', 'and goes on: visits every few seconds'],
    ['leadpact demo --remove', 'as if it had never been'],
  ],
  run: async ({ options: { live, remove, data }, format, io }) => {
    const config = readConfig(
      { ...process.env, ...(data !== undefined && { LEADPACT_DATA: data }) },
      io.folder,
    );
    const log = openLog('warn');
    if (remove) {
      const workspace = await removeDemoHere(config, log);
      await io.out.write(said[format]({ workspace, state: workspace === null ? 'none' : 'removed' }));
      return DONE;
    }
    const progress = new Progress(io.err);
    const tell: DemoTell = (share) => void progress.at('The demo company:', Math.round(share * 100), share);
    const stopping = new AbortController();
    const stop = () => stopping.abort();
    if (live) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
    await makeDemoHere(config, log, systemClock, tell, async (workspace) => {
      await progress.clear();
      await io.out.write(said[format]({ workspace, state: live ? 'live' : 'ready' }));
      return live ? stopping.signal : null;
    });
    return DONE;
  },
});

type Told = { workspace: string | null; state: 'none' | 'removed' | 'ready' | 'live' };

const sentences: Record<Told['state'], string> = {
  none: 'There is no demo company here.',
  removed: 'The demo company was removed.',
  ready: 'The demo company is there. Start Leadpact and choose "tour the demo company".',
  live: 'The demo company is there, and visits come in. Ctrl-C stops them.',
};

const said: Record<Format, (told: Told) => string> = {
  json: (told) => `${JSON.stringify(told)}\n`,
  csv: ({ workspace, state }) => csvLine(['workspace', 'state']) + csvLine([workspace ?? '', state]),
  table: ({ state }) => `${sentences[state]}\n`,
};
