import { email as emailShape } from '#contract/people.ts';
import { readConfig } from '#platform/config/config.ts';
import { CallError } from '#platform/errors.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#server/beside.ts';
import {
  findWorkspace,
  firstLink,
  inputFault,
  type KeyLine,
  Keyring,
  lettersOf,
  type MemberLine,
  type Wanted,
} from '#server/keys.ts';
import { command, DONE, type Format } from './command.ts';

const choice = <const C extends readonly string[]>(
  option: string,
  found: string | undefined,
  choices: C,
): C[number] | null => {
  if (found === undefined || choices.includes(found)) return found ?? null;
  throw new CallError(`--${option}: found ${JSON.stringify(found)}, wanted ${choices.join(' or ')}`);
};

const say = <Line extends KeyLine | MemberLine>(
  format: Format,
  lines: readonly Line[],
  columns: readonly (keyof Line & string)[],
  row: (line: Line) => string,
): string => {
  const cells = (line: Line) => columns.map((column) => String(line[column] ?? ''));
  const all: Record<Format, () => string> = {
    json: () => `${JSON.stringify(lines)}\n`,
    csv: () => csvLine([...columns]) + lines.map((line) => csvLine(cells(line))).join(''),
    table: () => lines.map((line) => `${row(line)}\n`).join(''),
  };
  return all[format]();
};

const sayKeys = (format: Format, lines: readonly KeyLine[]): string =>
  say(
    format,
    lines,
    ['id', 'kind', 'name', 'key', 'scopes', 'party', 'member', 'expires_at', 'revoked_at'],
    ({ kind, id, name, key, member, revoked_at }) =>
      `${kind.padEnd(5)} ${id} ${key} ${name}${member ? ` (acts for ${member})` : ''}${revoked_at ? ' (revoked)' : ''}`,
  );

const sayMembers = (format: Format, lines: readonly MemberLine[]): string =>
  say(
    format,
    lines,
    ['id', 'email', 'name', 'party', 'rank', 'joined_at', 'link'],
    ({ id, email, party, rank, link }) =>
      `${id} ${email} ${party ?? 'facilitator'} ${rank}${link ? ` ${link}` : ''}`,
  );

const isEmail = (text: string | undefined): boolean => emailShape.safeParse(text).success;

type Letters = ReturnType<typeof lettersOf>;

export const key = command({
  name: 'key',
  summary: 'make, list and revoke keys by which programs come in, and make members for them to act for',
  operands: [
    {
      name: 'create|list|revoke|setup|member|members',
      help: 'what to do; setup prints the link by which the first member comes in',
    },
    { name: 'ID|EMAIL', help: 'which key to revoke, or the address of the member to make', optional: true },
  ],
  options: {
    name: { kind: 'text', value: 'NAME', help: 'what the key is for, or what the member is called' },
    scopes: {
      kind: 'list',
      value: 'SCOPE,…',
      help: 'what an API key may do, such as leads:read; everything when left out',
    },
    party: { kind: 'text', value: 'marketing|sales', help: 'whose API key it is, or of whom the member is' },
    member: {
      kind: 'text',
      value: 'EMAIL',
      help: 'the member whom an API key acts for: signs, accepts and returns as they would',
    },
    rank: {
      kind: 'text',
      value: 'member|lead|manager',
      help: 'what a member may do; manager when left out',
    },
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
    [
      'leadpact key member sam@acme.example --party sales',
      'a member of sales; without a party, the facilitator',
    ],
    ['leadpact key create --member sam@acme.example', 'an API key that does what Sam may do'],
  ],
  run: async ({ operands: [verb = '', id], options, format, io }) => {
    const { data, workspace, name = 'Command line', scopes = [], expires, member = null } = options;
    const party = choice('party', options.party, ['marketing', 'sales']);
    const rank = choice('rank', options.rank, ['member', 'lead', 'manager']) ?? 'manager';
    const wanted: Wanted = {
      name,
      scopes,
      trust: choice('write', options.write, ['browser', 'server']),
      party,
      member,
      expiresAt: expires ?? null,
    };
    const verbs: Record<string, (ring: Keyring, letters: Letters) => Promise<string>> = {
      create: async (ring) => sayKeys(format, [await ring.make(wanted)]),
      list: async (ring) => sayKeys(format, await ring.list()),
      revoke: async (ring) => sayKeys(format, [await ring.revoke(id ?? '')]),
      member: async (ring, letters) => {
        const email = id ?? '';
        const called = options.name ?? email.split('@', 1)[0]!;
        return sayMembers(format, [await ring.hire({ email, name: called, party, rank }, letters)]);
      },
      members: async (ring, letters) => sayMembers(format, await ring.members(letters)),
    };
    const act = Object.hasOwn(verbs, verb) ? verbs[verb]! : null;
    if (act === null && verb !== 'setup') {
      throw new CallError(
        `leadpact key: found ${JSON.stringify(verb)}, wanted create, list, revoke, setup, member or members`,
      );
    }
    if (verb === 'revoke' && id === undefined)
      throw new CallError('leadpact key revoke wants the id of a key');
    if (verb === 'member' && !isEmail(id)) {
      throw new CallError(
        `leadpact key member wants an e-mail address, such as sam@acme.example; found ${id === undefined ? 'none' : JSON.stringify(id)}`,
      );
    }
    if (options.member !== undefined && options.write !== undefined)
      throw new CallError('--member goes with an API key; a write key acts for nobody');
    const config = readConfig(
      { ...process.env, ...(data !== undefined && { LEADPACT_DATA: data }) },
      io.folder,
    );
    const text = await withDatabase(config, openLog('warn'), async (database, secret) => {
      if (act === null) return `${firstLink(secret, config.publicUrl)}\n`;
      const letters = lettersOf(secret, config.publicUrl);
      return act(new Keyring(database, io.now, await findWorkspace(database, workspace)), letters);
    }).catch((error: unknown) => {
      throw inputFault(error);
    });
    await io.out.write(text);
    return DONE;
  },
});
