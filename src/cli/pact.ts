import { writeFile } from 'node:fs/promises';
import type { Pact, VersionSummary } from '#contract/pacts.ts';
import { digestPact } from '#engine/pact/digest.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { examine } from '#features/pacts/examining.ts';
import { CallError, InputError, messageOf, OutsideError } from '#platform/errors.ts';
import { command, DONE, type ExitStatus, type Format } from './command.ts';
import type { Io } from './io.ts';
import { readPactText } from './pact-file.ts';
import { type Server, serverAt } from './pacts/server.ts';
import { nameOf, pathOf } from './paths.ts';

type Said = {
  pact: string;
  name: string;
  version: number;
  standing: string;
  digest: string;
  changed: boolean;
};

const printers: Record<Format, (said: Said) => string> = {
  json: (said) => `${JSON.stringify(said)}\n`,
  csv: (said) =>
    `${Object.keys(said).join(',')}\n${Object.values(said)
      .map((value) => JSON.stringify(value))
      .join(',')}\n`,
  table: ({ name, version, standing, digest, changed }) =>
    `${name}: version ${version} (${standing.replace('_', ' ')})${changed ? '' : ', as it was'}\n${digest}\n`,
};

export const pact = command({
  name: 'pact',
  summary: 'keep the pact of a running Leadpact as a file: pull it, push it as a draft',
  operands: [
    { name: 'pull|push', help: 'what to do' },
    { name: 'FILE', help: 'the pact file; - for standard input and output', optional: true },
  ],
  options: {
    url: { kind: 'text', value: 'URL', help: 'where Leadpact answers; or LEADPACT_URL' },
    key: { kind: 'text', value: 'KEY', help: 'an API key (pacts:read, pacts:write); or LEADPACT_API_KEY' },
    pact: { kind: 'text', value: 'NAME', help: 'which pact, by name or id; the only one when left out' },
    version: {
      kind: 'whole',
      value: 'N',
      help: 'pull: this version, instead of the one in force; push: write this draft anew',
    },
    note: { kind: 'text', value: 'TEXT', help: 'push: what the draft is for' },
    propose: { kind: 'flag', help: 'push: propose it for both to sign; the key must be a member’s' },
  },
  examples: [
    ['leadpact pact pull pact.yaml --url https://leads.example', 'the version in force, as it was signed'],
    ['leadpact pact push pact.yaml --note "Size counts for more"', 'a draft of it, linted here and there'],
  ],
  run: async ({ operands: [verb = '', file], options, format, io }) => {
    const { env } = process;
    const [url, key] = [options.url ?? env.LEADPACT_URL, options.key ?? env.LEADPACT_API_KEY];
    const verbs: Record<string, (server: Server) => Promise<ExitStatus>> = {
      pull: (server) => pull(server, { file: file ?? '-', ...options }, format, io),
      push: (server) => push(server, { file: file ?? '-', ...options }, format, io),
    };
    if (!Object.hasOwn(verbs, verb))
      throw new CallError(`leadpact pact: found ${JSON.stringify(verb)}, wanted pull or push`);
    if (url === undefined)
      throw new CallError('leadpact pact wants --url, or LEADPACT_URL: where Leadpact answers');
    if (key === undefined) {
      throw new CallError('leadpact pact wants --key, or LEADPACT_API_KEY: `leadpact key create` makes one');
    }
    return verbs[verb]!(serverAt(url, key));
  },
});

type Asked = { file: string; pact: string | undefined; version: number | undefined };

async function pull(
  server: Server,
  { file, pact: given, version }: Asked,
  format: Format,
  io: Io,
): Promise<ExitStatus> {
  const found = pickPact(await server.pacts(), given);
  if (found === null)
    throw new InputError('There is no pact to pull yet: push one, or begin one in the app.');
  const { text, ...summary } = await server.version(found.id, version ?? currentOf(found).number);
  requireEqual(digestPact(parsePact(text).pact), summary.digest);
  if (file === '-') await io.out.write(text);
  else {
    await writeFile(pathOf(io, file), text).catch((error: unknown) => {
      throw new OutsideError(`${file} could not be written: ${messageOf(error)}`);
    });
    await io.out.write(printers[format](said(found, summary, true)));
  }
  return DONE;
}

type Pushed = Asked & { note: string | undefined; propose: boolean };

async function push(
  server: Server,
  { file, pact: given, version, note, propose }: Pushed,
  format: Format,
  io: Io,
): Promise<ExitStatus> {
  const { text, parsed } = await readPactText(io, file);
  const digest = digestPact(parsed.pact);
  await lint(text, nameOf(file), io);
  const found = pickPact(await server.pacts(), given);
  const same = found?.versions.findLast(
    (one) => one.digest === digest && one.standing !== 'withdrawn' && one.standing !== 'over',
  );
  let changed = same === undefined;
  let pushed: { pact: Pick<Pact, 'id' | 'name'>; summary: VersionSummary };
  if (found === null) {
    const { id, version: summary } = await server.begin(text);
    pushed = { pact: { id, name: parsed.pact.pact }, summary };
  } else if (version !== undefined) {
    const draft = found.versions.find(({ number }) => number === version);
    if (draft === undefined) throw new InputError(`${found.name} has no version ${version} to write anew.`);
    pushed = { pact: found, summary: await server.revise(found.id, draft, text, note) };
    changed = true;
  } else pushed = { pact: found, summary: same ?? (await server.draft(found.id, text, note)) };
  requireEqual(digest, pushed.summary.digest);
  const { id } = pushed.pact;
  const isDraft = pushed.summary.standing === 'draft';
  const summary = propose && isDraft ? await server.propose(id, pushed.summary.number) : pushed.summary;
  await io.out.write(printers[format](said(pushed.pact, summary, changed)));
  return DONE;
}

/** The same lint as on the server, before anything is sent. @throws InputError on an error; warnings are notes */
async function lint(text: string, file: string, io: Io): Promise<void> {
  const findings = (await examine(text)).map(({ level, line, column, message, path, hint }) => ({
    level,
    said: `${file}:${line}:${column}: ${level}: ${message} (${path}); ${hint}`,
  }));
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new InputError(errors.map(({ said }) => said).join('\n'));
  for (const { said } of findings) await io.err.write(`${said}\n`);
}

/** @throws CallError when it is not clear which is meant */
function pickPact(pacts: readonly Pact[], given: string | undefined): Pact | null {
  const found = pacts.filter(({ id, name }) => given === undefined || given === id || given === name);
  if (found.length === 1) return found[0]!;
  const there = pacts.map(({ name }) => name).join(', ');
  if (given !== undefined && found.length === 0)
    throw new CallError(`--pact: there is no pact ${JSON.stringify(given)}; there are ${there || 'none'}`);
  if (found.length === 0) return null;
  throw new CallError(`There are several pacts (${there}): say which with --pact NAME, or its id`);
}

/** The version in force, else the last that was not taken back. */
function currentOf({ name, versions }: Pact): VersionSummary {
  const version =
    versions.find(({ standing }) => standing === 'in_force') ??
    versions.findLast(({ standing }) => standing !== 'withdrawn');
  if (version === undefined)
    throw new InputError(`Every version of ${name} was withdrawn: there is nothing to pull.`);
  return version;
}

function requireEqual(here: string, there: string): void {
  if (here === there) return;
  throw new OutsideError(
    `The text has digest ${here} here and ${there} on the server: they run different versions of Leadpact. Bring both to the same one.`,
  );
}

const said = (
  { id, name }: Pick<Pact, 'id' | 'name'>,
  { number, standing, digest }: VersionSummary,
  changed: boolean,
): Said => ({ pact: id, name, version: number, standing, digest, changed });
