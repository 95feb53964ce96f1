// Builds the web app into dist/web, with every file compressed beside itself. Nothing is done when it is as new as its
// sources, so that whoever starts Leadpact from a working copy can call it every time. With --check it also holds the
// first load to its size.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist', 'web');
const STAMP = join(OUT, 'sources.txt');
/** The web app stands on these. */
const SOURCES = ['src/web', 'src/contract', 'src/engine', 'vite.config.ts', 'package-lock.json'];
const FIRST_LOAD = 250_000;

const files = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function digestOfSources(): string {
  const hash = createHash('sha256');
  const all = SOURCES.flatMap((source) => {
    const path = join(ROOT, source);
    return /\.\w+$/.test(source) ? [path] : files(path);
  });
  for (const path of all.filter((path) => !path.includes('.test.')).sort()) {
    hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  }
  return hash.digest('hex');
}

async function build(digest: string): Promise<void> {
  const { build: bundle } = await import('vite');
  const room = join(ROOT, 'dist', `web.${process.pid}`);
  await bundle({
    root: join(ROOT, 'src/web'),
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: room },
  });
  for (const path of files(join(room, 'assets'))) {
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    );
  }
  writeFileSync(join(room, 'sources.txt'), digest);
  // In place at once: a server that is starting finds the old one or the new one, whole.
  const old = `${room}.old`;
  mkdirSync(OUT, { recursive: true });
  renameSync(OUT, old);
  renameSync(room, OUT);
  rmSync(old, { recursive: true, force: true });
}

/** What a browser fetches before the first screen is there: the page, and what it names. In bytes, gzipped. */
function firstLoad(): number {
  const page = readFileSync(join(OUT, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path!);
  return named.reduce((sum, path) => sum + readFileSync(join(OUT, `${path}.gz`)).length, page.length);
}

const digest = digestOfSources();
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digest) await build(digest);
if (process.argv.includes('--check')) {
  const bytes = firstLoad();
  const words = `The first load of the web app is ${Math.round(bytes / 1_000)} kB gzipped`;
  if (bytes > FIRST_LOAD) {
    console.error(
      `${words}; at most ${FIRST_LOAD / 1_000} kB are wanted. Load what is not needed at once by import().`,
    );
    process.exit(1);
  }
  console.log(`${words}.`);
}
