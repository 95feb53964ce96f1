import { pactSchema } from '#engine/pact/schema.ts';
import { command, DONE } from './command.ts';

export const schema = command({
  name: 'schema',
  summary: 'print the JSON Schema (2020-12) of a pact file, for editors',
  operands: [],
  options: {},
  examples: [['leadpact schema > pact.schema.json', 'keep it beside your pact, so that editors complete it']],
  run: async ({ io }) => {
    await io.out.write(`${JSON.stringify(pactSchema(), null, 2)}\n`);
    return DONE;
  },
});
