import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '#platform/http/problem.ts';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site makes a visitor's browser send here along with their cookies. Browsers name the origin of
 * whatever changes something; who names none is no browser, and carries no cookies but their own.
 * @throws HttpProblem 403
 */
export function refuseForeignOrigin({ method, headers }: FastifyRequest, publicUrl: string): void {
  if (harmless.has(method)) return;
  const { origin, 'sec-fetch-site': site } = headers;
  const foreign = site === undefined ? origin !== undefined && origin !== publicUrl : !own.has(String(site));
  // A page of ours that is reached under another name than the public one is known by the browser's own word.
  if (!foreign) return;
  throw new HttpProblem(
    403,
    'foreign_origin',
    `What comes from ${origin ?? 'another site'} cannot act here. Pages of ${publicUrl} can; set LEADPACT_URL when that is not what users type.`,
  );
}

const own = new Set(['same-origin', 'none']);
