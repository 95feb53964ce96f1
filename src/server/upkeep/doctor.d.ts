import { type Config } from '#platform/config/config.ts';
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
/** Everything that was looked at, in the order in which one would mend it. */
export declare function examine(surroundings: Surroundings): Promise<Finding[]>;
