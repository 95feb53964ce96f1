/** What a look at an installation finds. */
import type { Config } from '#platform/config/config.ts';

/** `ok` all is well, `warn` it works and should not stay so, `fail` it does not work. */
export type Health = 'ok' | 'warn' | 'fail';
export type Finding = {
  check: string;
  health: Health;
  found: string;
  /** What to do; empty when all is well. */
  advice: string;
};

export type Surroundings = {
  config: Config;
  environment: Readonly<Record<string, string | undefined>>;
  version: string;
  now: () => number;
};

export const ok = (check: string, found: string): Finding => ({ check, health: 'ok', found, advice: '' });
export const warn = (check: string, found: string, advice: string): Finding => ({
  check,
  health: 'warn',
  found,
  advice,
});
export const fail = (check: string, found: string, advice: string): Finding => ({
  check,
  health: 'fail',
  found,
  advice,
});
