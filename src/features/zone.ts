import { HttpProblem } from '#platform/http/problem.ts';

/** A time zone by the name that the machine knows it by. @throws HttpProblem when it knows none of that name. */
export function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new HttpProblem(
      400,
      'unknown_zone',
      `There is no time zone ${JSON.stringify(zone)}; wanted an IANA name such as Europe/Berlin.`,
    );
  }
}
