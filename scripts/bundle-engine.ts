// Bundles the engine for the browser into one file without dependencies, and fails when anything in it would need more
// than a browser has.
import { build } from 'esbuild';

/** Bundles what imports the engine; `format` as esbuild has it. Gives back the JavaScript. */
export async function bundleForBrowser(source: string, format: 'esm' | 'iife'): Promise<string> {
  const result = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    format,
    platform: 'browser',
    target: 'es2024',
    minify: true,
    keepNames: true,
    legalComments: 'eof',
    logLevel: 'silent',
  });
  return result.outputFiles[0]!.text;
}

if (import.meta.main) {
  const { mkdirSync, writeFileSync } = await import('node:fs');
  const code = await bundleForBrowser("export * from '#engine/browser.ts';", 'esm');
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/engine.js', code);
  console.error(`dist/engine.js: ${Math.round(code.length / 1024)} KiB`);
}
