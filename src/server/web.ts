/** The web app as it was built: its files, and for every address that is a screen of it the one page that opens them. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Beside the bundle, or in `dist` of a working copy; null where it was not built. */
export function findWeb(from: string = import.meta.dirname): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const web of [join(folder, 'web'), join(folder, 'dist', 'web')]) {
      if (existsSync(join(web, 'index.html')) && existsSync(join(web, 'assets'))) return web;
    }
    if (folder === dirname(folder)) return null;
  }
}

/** What is not a screen, whatever a browser asks it as. */
const OTHERS = /^\/(api|v1|f|assets)(\/|$)|^\/(livez|readyz|metrics|t\.js)$/;
const YEAR = 365 * 24 * 60 * 60;

export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    index: false,
    // Their names change with what is in them.
    cacheControl: true,
    immutable: true,
    maxAge: YEAR * 1_000,
    decorateReply: false,
  });
  const icon = readFileSync(join(folder, 'icon.svg'));
  app.get('/icon.svg', (_, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
  );
  const show = async (reply: FastifyReply): Promise<FastifyReply> => {
    // Read anew: in a working copy the app is built again while this runs.
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', policy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('%NONCE%', nonce));
  };
  app.get('/', (_, reply) => show(reply));
  app.get('/*', (request, reply) => (isScreen(request) ? show(reply) : reply.callNotFound()));
}

/** An address that a browser goes to, as opposed to what a program asks for. */
const isScreen = ({ url, headers }: FastifyRequest): boolean =>
  !OTHERS.test(url.split('?', 1)[0]!) && String(headers.accept ?? '').includes('text/html');

/** Files of ours and nothing else: no script or style in the page itself, but the styles that carry the nonce. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
