// Each target beside what this machine gives now: `npm run bench [-- --quick] [-- judging|replay|files …]`.
import { availableParallelism, cpus } from 'node:os';
import { files } from './files.ts';
import { packedHistory } from './history.ts';
import { judging } from './judging.ts';
import { replaying } from './replay.ts';
import type { Bench, Scale } from './support/measure.ts';

const benches: Record<string, Bench> = { judging, replay: replaying, history: packedHistory, files };

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const scale: Scale = quick
  ? { rounds: 3, leads: 20_000, all: 20_000, each: 50, rows: 10_000 }
  : { rounds: 5, leads: 200_000, all: 1_000_000, each: 50, rows: 100_000 };
const named = words.filter((word) => !word.startsWith('--'));
const unknown = named.find((name) => !(name in benches));
if (unknown !== undefined) {
  console.error(`there is no "${unknown}"; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}

console.log(
  `${availableParallelism()} cores, ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, medians of ${scale.rounds}\n`,
);
for (const name of named.length > 0 ? named : Object.keys(benches)) {
  const { title, measure } = benches[name]!;
  console.log(title);
  for (const { target, wanted, measured, met } of await measure(scale)) {
    console.log(
      `  ${met === null ? '    ' : met ? 'met ' : 'not '} ${target.padEnd(66)} ${wanted.padEnd(18)} ${measured}`,
    );
  }
}
