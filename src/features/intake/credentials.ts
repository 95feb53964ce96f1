import { HttpProblem } from '#platform/http/problem.ts';

/** No key of ours has any other characters; one that has need not be looked for. */
const POSSIBLE = /^[\x21-\x7e]{1,200}$/;

/**
 * The write key of a request: by Basic authentication (as user name, with or without the colon), as Bearer or bare in
 * Authorization, or in the body. A Bearer that is a JSON Web Token comes from a client's own single sign-on and says
 * nothing here.
 * @returns null when there is none, or none that could be one
 * @throws HttpProblem 400 when header and body name different keys
 */
export function writeKeyIn(authorization: string | undefined, body: Record<string, unknown>): string | null {
  const header = authorization === undefined ? null : fromHeader(authorization.trim());
  const own = typeof body.writeKey === 'string' && body.writeKey.trim() !== '' ? body.writeKey.trim() : null;
  if (header !== null && own !== null && header !== own) {
    throw new HttpProblem(
      400,
      'two_write_keys',
      'Authorization and the body name different write keys; send one.',
    );
  }
  const key = header ?? own;
  return key !== null && POSSIBLE.test(key) ? key : null;
}

const JSON_WEB_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

function fromHeader(authorization: string): string | null {
  const [, scheme = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(authorization) ?? [];
  const key = byScheme[scheme.toLowerCase()]?.(rest) ?? (rest === '' ? scheme : '');
  return key === '' ? null : key;
}

const byScheme: Record<string, (rest: string) => string> = {
  basic: (rest) => Buffer.from(rest, 'base64').toString('utf8').split(':', 1)[0]!.trim(),
  bearer: (rest) => (JSON_WEB_TOKEN.test(rest) ? '' : rest),
};
