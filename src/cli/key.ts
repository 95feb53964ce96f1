import { readConfig } from '#platform/config/config.ts';
import { CallError } from '#platform/errors.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#server/beside.ts';
import { findWorkspace, firstLink, inputFault, type KeyLine, Keyring, type Wanted } from '#server/keys.ts';
import { command, DONE, type Format } from './command.ts';

const choice = <const C extends readonly string[]>(
  option: string,
  found: string | undefined,
  choices: C,
): C[number] | null => {
  if (found === undefined || choices.includes(found)) return found ?? null;
  throw new CallError(`--${option}: found ${JSON.stringify(found)}, wanted ${choices.join(' or ')}`);
};

const said: Record<Format, (lines: KeyLine[]) => string> = {
  json: (lines) => `${JSON.stringify(lines)}\n`,
  csv: (lines) =>
    lines
      .map((line) => csvLine(Object.values(line).map((value) => value ?? '')))
      .join('')
      .replace(/^/, csvLine(columns)),
  table: (lines) =>
    lines
      .map(
        ({ kind, id, name, key, revoked_at }) =>
          `${kind.padEnd(5)} ${id} ${key} ${name}${revoked_at ? ' (revoked)' : ''}\n`,
      )
      .join(''),
};

const columns: (keyof KeyLine)[] = [
  'id',
  'kind',
  'name',
  'key',
  'scopes',
  'party',
  'expires_at',
  'revoked_at',
];

export const key = command({
  name: 'key',
  summary: 'make, list and revoke the keys by which programs come in',
  operands: [
    {
      name: 'create|list|revoke|setup',
      help: 'what to do; setup prints the link by which the first member comes in',
    },
    { name: 'ID', help: 'which key to revoke', optional: true },
  ],
  options: {
    name: { kind: 'text', value: 'NAME', help: 'what the key is for' },
    scopes: {
      kind: 'list',
      value: 'SCOPE,…',
      help: 'what an API key may do, such as leads:read; everything when left out',
    },
    party: { kind: 'text', value: 'marketing|sales', help: 'whose API key it is' },
    expires: { kind: 'instant', value: 'INSTANT', help: 'when an API key is over; never when left out' },
    write: {
      kind: 'text',
      value: 'browser|server',
      help: 'make a write key instead, for a website or a server',
    },
    workspace: {
      kind: 'text',
      value: 'NAME',
      help: 'the workspace, by name or id; the only one when left out',
    },
    data: { kind: 'file', value: 'DIR', help: 'where data is kept; ./data, or what LEADPACT_DATA says' },
  },
  examples: [
    [
      'leadpact key create --name CI --scopes leads:read',
      'an API key that reads leads; its secret is shown this once',
    ],
    ['leadpact key create --name Site --write browser', 'a write key for a website'],
    ['leadpact key list', 'the keys there are'],
  ],
  run: async ({ operands: [verb = '', id], options, format, io }) => {
    const { data, workspace, name = 'Command line', scopes = [], expires } = options;
    const wanted: Wanted = {
      name,
      scopes,
      trust: choice('write', options.write, ['browser', 'server']),
      party: choice('party', options.party, ['marketing', 'sales']),
      expiresAt: expires ?? null,
    };
    const verbs: Record<string, (ring: Keyring) => Promise<KeyLine[]>> = {
      create: async (ring) => [await ring.make(wanted)],
      list: (ring) => ring.list(),
      revoke: async (ring) => [await ring.revoke(id ?? '')],
    };
    const act = Object.hasOwn(verbs, verb) ? verbs[verb]! : null;
    if (act === null && verb !== 'setup') {
      throw new CallError(
        `leadpact key: found ${JSON.stringify(verb)}, wanted create, list, revoke or setup`,
      );
    }
    if (verb === 'revoke' && id === undefined)
      throw new CallError('leadpact key revoke wants the id of a key');
    const config = readConfig(
      { ...process.env, ...(data !== undefined && { LEADPACT_DATA: data }) },
      io.folder,
    );
    const text = await withDatabase(config, openLog('warn'), async (database, secret) => {
      if (act === null) return `${firstLink(secret, config.publicUrl)}\n`;
      const ring = new Keyring(database, io.now, await findWorkspace(database, workspace));
      return said[format](await act(ring));
    }).catch((error: unknown) => {
      throw inputFault(error);
    });
    await io.out.write(text);
    return DONE;
  },
});
