import { STATUS_CODES } from 'node:http';
import type { Problem } from '#contract/problem.ts';
import { Contended, DatabaseAway, OutcomeUnknown } from '#platform/db/faults.ts';
import { InputError } from '#platform/errors.ts';

type Place = Problem['errors'][number];

/** A refusal whose words are meant for the caller. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  readonly errors: Place[];
  /** Whole seconds after which asking again may help; null when it will not. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    code: string,
    detail: string,
    { errors = [], retryAfter = null }: { errors?: Place[]; retryAfter?: number | null } = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

/** Whole seconds between `least` and twice that, so that those who were refused together do not come back together. */
export const soon = (least: number): number => least + Math.floor(Math.random() * (least + 1));

/**
 * What to tell of anything that was thrown. What was not meant for callers is told as an error of ours, without a word
 * of it: neither statements nor stacks leave the house.
 */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof DatabaseAway || error instanceof OutcomeUnknown) {
    return new HttpProblem(503, 'database_away', 'The database cannot be used just now. Try again.', {
      retryAfter: soon(2),
    });
  }
  if (error instanceof Contended) {
    return new HttpProblem(409, 'contended', 'Others changed the same at the same time. Try again.');
  }
  if (error instanceof InputError) return new HttpProblem(400, 'bad_input', error.message);
  return ofFramework(error) ?? internal;
}

const internal = new HttpProblem(
  500,
  'internal',
  'Something failed here that should not have. The log knows more under this request id.',
);

/** What the web framework refuses by itself, in our words. */
const frameworkCodes: Record<string, [code: string, detail: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'The body is too large.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media_type', 'Send JSON, with Content-Type: application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['not_json', 'The body is empty, wanted JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['content_length', 'The body is not as long as Content-Length says.'],
  FST_ERR_BAD_URL: ['bad_url', 'The path is not a valid URL path.'],
};

function ofFramework(error: unknown): HttpProblem | null {
  if (!(error instanceof Error)) return null;
  const { statusCode, code, validation } = error as Error & {
    statusCode?: unknown;
    code?: unknown;
    validation?: { instancePath: string; message?: string }[];
  };
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499) return null;
  if (validation) {
    const errors = validation.map(({ instancePath, message = 'is not as it should be' }) => ({
      path: instancePath,
      message,
    }));
    return new HttpProblem(400, 'invalid', 'The request is not as it should be: see "errors".', { errors });
  }
  if (error instanceof SyntaxError) return new HttpProblem(statusCode, 'not_json', error.message);
  const [ours, detail] = frameworkCodes[String(code)] ?? ['refused', STATUS_CODES[statusCode] ?? 'Refused'];
  return new HttpProblem(statusCode, ours, detail);
}

/** The body of the answer. */
export const problemBody = (
  { status, code, message, errors }: HttpProblem,
  instance: string,
  requestId: string,
): Problem => ({
  type: `urn:leadpact:problem:${code}`,
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail: message,
  instance,
  code,
  errors,
  requestId,
});
