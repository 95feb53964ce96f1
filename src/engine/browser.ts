/** The engine as the browser gets it: the same code that judges in the server and on the command line. */
export { advance } from './ladder/advance.ts';
export { newLead } from './ladder/lead.ts';
export { digestPact } from './pact/digest.ts';
export { parsePact } from './pact/parse.ts';
export { replay } from './replay/replay.ts';
export { explain } from './verdict/explain.ts';
export { judge } from './verdict/judge.ts';
export { nextInstant } from './verdict/next.ts';
