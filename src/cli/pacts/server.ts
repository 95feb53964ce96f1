/** A running Leadpact, as a command asks it: by its address and an API key. */
import type { Pact, Version, VersionSummary } from '#contract/pacts.ts';
import { CallError, InputError, messageOf, OutsideError } from '#platform/errors.ts';

export type Server = {
  pacts: () => Promise<Pact[]>;
  version: (pact: string, number: number) => Promise<Version>;
  begin: (text: string) => Promise<{ id: string; version: VersionSummary }>;
  draft: (pact: string, text: string, note?: string) => Promise<VersionSummary>;
  revise: (pact: string, draft: VersionSummary, text: string, note?: string) => Promise<VersionSummary>;
  propose: (pact: string, number: number) => Promise<VersionSummary>;
};

const TIMEOUT = 30_000;

/** @throws CallError for an address that is none */
export function serverAt(url: string, key: string): Server {
  const origin = originOf(url);
  const ask = <T>(method: string, path: string, body?: object): Promise<T> =>
    call(origin, key, method, path, body);
  const versions = (pact: string) => `/api/pacts/${pact}/versions`;
  return {
    pacts: async () => (await ask<{ items: Pact[] }>('GET', '/api/pacts')).items,
    version: (pact, number) => ask('GET', `${versions(pact)}/${number}`),
    begin: (text) => ask('POST', '/api/pacts', { text }),
    draft: (pact, text, note) => ask('POST', versions(pact), { text, note }),
    revise: (pact, { number, revision }, text, note) =>
      ask('PUT', `${versions(pact)}/${number}`, { text, note, revision }),
    propose: (pact, number) => ask('POST', `${versions(pact)}/${number}/proposal`, {}),
  };
}

function originOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return parsed.origin;
  throw new CallError(`--url: found ${JSON.stringify(url)}, wanted an address such as https://leads.example`);
}

async function call<T>(origin: string, key: string, method: string, path: string, body?: object): Promise<T> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${origin}${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    text = await answer.text();
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new OutsideError(`${origin} could not be asked: ${messageOf(why)}`);
  }
  const said = readJson(text);
  if (said === null)
    throw new OutsideError(`${origin}${path} answered ${answer.status} and no JSON: is it a Leadpact?`);
  if (answer.ok) return said as T;
  throw refusal(origin, answer.status, said as Refusal);
}

type Refusal = { detail?: string; errors?: { path: string; message: string }[] };

/** Who calls wrongly is told apart from what is wrong with the text, and both from a server in trouble. */
function refusal(origin: string, status: number, { detail = '', errors = [] }: Refusal): Error {
  const words = [`${origin}: ${detail}`, ...errors.map(({ path, message }) => `  ${path}: ${message}`)].join(
    '\n',
  );
  if (status === 401 || (status === 403 && errors.length === 0)) return new CallError(words);
  return status >= 500 || status === 429 ? new OutsideError(words) : new InputError(words);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
