// Every gate of the project in one command, for people and for CI alike: types (and with them the floors),
// lint and format, dead code, drift of generated files, then the tests. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

const gates: [name: string, command: string][] = [
  ['types and floors', 'tsc -b'],
  ['lint and format', 'biome check --error-on-warnings .'],
  ['dead code', 'knip'],
  ['web app, and the size of its first load', 'node scripts/web.ts --check'],
];

let passed = 0;
let failed = 0;
const run = (command: string): boolean => spawnSync(command, { shell: true, stdio: 'inherit' }).status === 0;

for (const [name, command] of gates) {
  const ok = run(command);
  ok ? passed++ : failed++;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${command})`);
}

const report = '.cache/vitest.json';
mkdirSync('.cache', { recursive: true });
rmSync(report, { force: true });
const testsOk = run(`vitest run --reporter=default --reporter=json --outputFile.json=${report}`);
try {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
  if (!testsOk && numFailedTests === 0) failed++; // a file that could not be loaded, an unhandled error
} catch {
  failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
