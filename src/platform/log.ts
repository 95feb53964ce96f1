import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

/** One line of JSON per entry. `log.child({ part: 'ingest' })` names the part of the house that speaks. */
export type Log = Logger;

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Never written out, wherever in an entry they stand. */
const secrets = ['password', 'secret', 'authorization', 'cookie', 'writeKey', 'token'];

/**
 * The log of one process. Goes to standard error, because standard output belongs to data.
 * @param destination where to write instead, for instance a test's own stream.
 */
export function openLog(level: LogLevel, destination: DestinationStream = pino.destination(2)): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '…' },
    },
    destination,
  );
}
