/** A real browser for tests, headless and alone: it calls nobody. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Starts Chromium. Where there is none it is installed as documented, if this user may; else the error says how. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium() ?? installChromium();
  return chromium.launch({ executablePath, args: ARGS });
}

const findChromium = (): string | undefined => PLACES.find((place) => existsSync(place));

function installChromium(): string {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    spawnSync('apt-get update -q && apt-get install -q -y --no-install-recommends chromium', {
      shell: true,
      stdio: 'inherit',
      timeout: 300_000,
    });
  }
  const found = findChromium();
  if (found !== undefined) return found;
  throw new Error(
    `found no Chromium at ${PLACES.join(', ')}; wanted one to run the engine in: apt-get install chromium`,
  );
}
