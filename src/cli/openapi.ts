import { openapi as describeApi } from '#server/openapi.ts';
import { command, DONE } from './command.ts';

export const openapi = command({
  name: 'openapi',
  summary: 'print the OpenAPI 3.1 description of the management API',
  operands: [],
  options: {},
  examples: [['leadpact openapi > openapi.json', 'make a client of it with any generator']],
  run: async ({ io }) => {
    await io.out.write(`${JSON.stringify(describeApi(), null, 2)}\n`);
    return DONE;
  },
});
