import type { Config } from '#platform/config/config.ts';
import { type StepStatus } from '#platform/db/migrate.ts';
import type { Log } from '#platform/log.ts';
/** How far the database's schema is; an embedded one is made when there is none. */
export declare const readStatus: (config: Config, log: Log) => Promise<StepStatus[]>;
/** Brings the schema up to date, under its lock: of several who try at once one does it. */
export declare function bringUpToDate(config: Config, log: Log): Promise<StepStatus[]>;
