/**
 * The engine is pure: no clock, no chance, nothing in or out, so that the same question has the same answer wherever
 * and whenever it is asked. The types keep out most of it (its floor is compiled without those of Node or browsers);
 * this keeps out the rest.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transform } from 'esbuild';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parsePact } from '#engine/browser.ts';
import { anyLedger, END, inOrder, START } from '#tests/support/any-history.ts';
import { anyPact } from '#tests/support/any-pact.ts';
import { ask, type Question } from './conformance/ask.ts';
import { cases, questionOf } from './conformance/cases.ts';

const ROOT = resolve(import.meta.dirname, '..');
const ENGINE = join(ROOT, 'src/engine');
const files = globSync('src/engine/**/*.ts', { cwd: ROOT })
  .filter((file) => !file.endsWith('.test.ts'))
  .sort();
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('what the sources may not say', () => {
  const FORBIDDEN = [
    ...['Date.now', 'Math.random', 'Temporal.Now'],
    ...[
      'performance',
      'setTimeout',
      'setInterval',
      'setImmediate',
      'queueMicrotask',
      'requestAnimationFrame',
    ],
    ...[
      'console',
      'process',
      'Buffer',
      'require',
      'fetch',
      'crypto',
      'globalThis',
      'window',
      'document',
      'self',
    ],
    ...[
      'navigator',
      'location',
      'localStorage',
      'sessionStorage',
      'indexedDB',
      'XMLHttpRequest',
      'WebSocket',
    ],
    ...['eval', 'Function', 'WeakRef', 'FinalizationRegistry', 'Worker', 'postMessage'],
    'import.meta',
  ];
  const mark = (name: string) => `FORBIDDEN_${name.replace('.', '_')}`;
  const define = Object.fromEntries(FORBIDDEN.map((name) => [name, mark(name)]));

  /** What a source uses of these: esbuild puts our mark for each, where it is really that global. */
  async function forbiddenIn(source: string): Promise<string[]> {
    const { code } = await transform(source, { loader: 'ts', define, minifyWhitespace: true });
    const found = FORBIDDEN.filter((name) => new RegExp(`\\b${mark(name)}\\b`).test(code));
    if (/\bnew Date\b(?!\s*\(\s*[^)\s])/.test(code)) found.push('new Date()');
    if (/(?<!new )(?<![.\w])Date\(/.test(code)) found.push('Date()');
    if (/\bimport\(/.test(code)) found.push('import()');
    return found;
  }

  test.each<[source: string, found: string[]]>([
    ['export const now = () => Date.now();', ['Date.now']],
    ['export const now = () => new Date();', ['new Date()']],
    ['export const now = () => new Date;', ['new Date()']],
    ['export const now = () => Date();', ['Date()']],
    ['export const then = (at: number) => new Date(at);', []],
    ['export const then = Date.UTC(2026, 1);', []],
    ['export const any = () => Math.random();', ['Math.random']],
    ['export const say = (what: string) => console.log(what);', ['console']],
    ['// console.log of a process\nexport const text = "console, process, Date.now()";', []],
    ['export const f = (process: { now: number }) => process.now;', []],
    ['export const load = () => import("yaml");', ['import()']],
  ])('the scan itself: %s', async (source, found) => {
    expect(await forbiddenIn(source)).toEqual(found);
  });

  test('the clock, chance, the outside', async () => {
    const found = await Promise.all(
      files.map(async (file) => ({ file, found: await forbiddenIn(read(file)) })),
    );
    expect(files.length).toBeGreaterThan(20);
    expect(found.filter((one) => one.found.length > 0)).toEqual([]);
  });

  test('packages other than the three, and anything outside the engine', () => {
    const packages = /^(yaml|re2js|@noble\/hashes(\/.*)?)$/;
    const mayImport = (file: string, name: string): boolean => {
      if (name.startsWith('#engine/')) return true;
      if (!name.startsWith('.')) return packages.test(name);
      return resolve(ROOT, dirname(file), name).startsWith(`${ENGINE}/`);
    };
    const imports = files.flatMap((file) =>
      [...read(file).matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'|^import '([^']+)'/gm)].map(
        (match) => ({
          file,
          name: match[1] ?? match[2]!,
        }),
      ),
    );
    expect(imports.length).toBeGreaterThan(50);
    expect(imports.filter(({ file, name }) => !mayImport(file, name))).toEqual([]);
  });

  /** Memories of what was worked out before, by value; the answer is the same with and without them. */
  const MEMORIES = ['src/engine/calendar/local-date.ts months', 'src/engine/calendar/zone.ts zones'];

  /** Variables of a module, and its constants that are written to after they are made. */
  function stateOf(source: string): string[] {
    const variables = [...source.matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map((match) => match[1]!);
    const constants = [...source.matchAll(/^(?:export )?const (\w+)[^=]*= (?!new WeakMap)/gm)].map(
      (match) => match[1]!,
    );
    const written = constants.filter((name) =>
      new RegExp(
        `\\b${name}(?:\\.(?:push|unshift|splice|pop|shift|set|add|delete|clear)\\(|\\.\\w+ = )`,
      ).test(source),
    );
    return [...variables, ...written];
  }

  test.each<[source: string, state: string[]]>([
    ['let n = 0;', ['n']],
    ['export var n = 0;', ['n']],
    ['const seen = new Map<string, number>();\nconst see = (x: string) => seen.set(x, 1);', ['seen']],
    ['export const all: string[] = [];\nconst add = (x: string) => all.push(x);', ['all']],
    ['const none: readonly string[] = [];', []],
    ['const known = new WeakMap<object, number>();\nconst see = (x: object) => known.set(x, 1);', []],
    ['function f() {\n  let n = 0;\n  return n++;\n}', []],
  ])('the search for state itself: %j', (source, state) => {
    expect(stateOf(source)).toEqual(state);
  });

  test('state kept in a module', () => {
    const state = files.flatMap((file) => stateOf(read(file)).map((name) => `${file} ${name}`));
    expect(state).toEqual(MEMORIES);
  });
});

describe('what it may not do', () => {
  const questions = (): Question[] => [
    ...cases.filter((_, i) => i % 5 === 0).map(questionOf),
    ...fc
      .sample(fc.tuple(anyPact, anyLedger.map(inOrder), fc.integer({ min: START, max: END })), {
        numRuns: 50,
        seed: 7,
      })
      .map(([pact, facts, at]) => ({ pact: JSON.stringify(pact), facts, at })),
  ];

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test('look at the clock, roll dice, speak, or wait', () => {
    const asked = questions();
    const wanted = asked.map(ask);

    const never = (what: string) => () => {
      throw new Error(`the engine used ${what}`);
    };
    class NoClock extends Date {
      constructor(...given: [] | [number | string]) {
        if (given.length === 0) never('new Date()')();
        super(...(given as [number]));
      }
      static override now = never('Date.now');
    }
    vi.stubGlobal('Date', NoClock);
    vi.spyOn(Math, 'random').mockImplementation(never('Math.random'));
    vi.spyOn(performance, 'now').mockImplementation(never('performance.now'));
    for (const name of [
      'setTimeout',
      'setInterval',
      'setImmediate',
      'queueMicrotask',
      'fetch',
      'process',
      'console',
    ])
      vi.stubGlobal(name, name === 'process' || name === 'console' ? undefined : never(name));
    let answers: unknown;
    let thrown: unknown;
    try {
      for (const text of new Set(asked.map((one) => one.pact))) parsePact(text);
      answers = asked.map(ask);
    } catch (error) {
      thrown = error;
    } finally {
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
    }
    expect(thrown).toBeUndefined();
    expect(answers).toEqual(wanted);
  });

  test('change what it is given', () => {
    for (const { pact: text, facts, at } of questions()) {
      const { pact } = parsePact(text);
      const frozen = { pact: text, facts: deepFrozen(structuredClone(facts)), at };
      expect(() => ask(frozen)).not.toThrow();
      expect(Object.isFrozen(pact) && Object.isFrozen(pact.mql.when)).toBe(true);
    }
  });
});

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFrozen(part);
    Object.freeze(value);
  }
  return value;
}

describe('floors', () => {
  test('an upward import, even of a type, does not compile; nor does what only Node or a browser has', () => {
    const house = mkdtempSync(join(tmpdir(), 'leadpact-floors-'));
    try {
      for (const name of ['package.json', 'tsconfig.base.json']) cpSync(join(ROOT, name), join(house, name));
      symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
      const put = (file: string, text: string) => {
        mkdirSync(dirname(join(house, file)), { recursive: true });
        writeFileSync(join(house, file), text);
      };
      put('src/engine/tsconfig.json', read('src/engine/tsconfig.json'));
      put('src/platform/clock.ts', 'export type Clock = () => number;\n');
      put('src/platform/now.ts', 'export const now = 5;\n');
      const probes: Record<string, [source: string, compiles: boolean]> = {
        'fine.ts': ["import type { Own } from '#engine/own.ts';\nexport const two: Own = 2;\n", true],
        'own.ts': ['export type Own = number;\nexport const at = new Date(0).getTime();\n', true],
        'upward-type.ts': [
          "import type { Clock } from '#platform/clock.ts';\nexport type Own = Clock;\n",
          false,
        ],
        'upward.ts': ["import { now } from '../platform/now.ts';\nexport const then = now;\n", false],
        'node.ts': ["import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n", false],
        'console.ts': ["export const say = () => console.log('x');\n", false],
        'process.ts': ['export const home = () => process.env.HOME;\n', false],
        'timer.ts': ['export const wait = () => setTimeout(() => {}, 1);\n', false],
        'browser.ts': ['export const page = () => document.title;\n', false],
      };
      for (const [name, [source]] of Object.entries(probes)) put(`src/engine/${name}`, source);
      const { stdout, status } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-b', 'src/engine'], {
        cwd: house,
        encoding: 'utf8',
      });
      expect(status).not.toBe(0);
      const complained = (name: string) =>
        new RegExp(`\\b${name.replace('.', '\\.')}\\b.*error TS`).test(stdout);
      expect(Object.keys(probes).map((name) => [name, !complained(name)])).toEqual(
        Object.entries(probes).map(([name, [, compiles]]) => [name, compiles]),
      );
    } finally {
      rmSync(house, { recursive: true, force: true });
    }
  });
});
