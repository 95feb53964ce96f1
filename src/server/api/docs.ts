/** What the API is, for programs and for people. The page is plain HTML and one style sheet: no script, nothing from elsewhere. */
import type { FastifyInstance } from 'fastify';
import { type OpenApi, type Operation, openapi } from '#server/openapi.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export function serveDocs(api: FastifyInstance): void {
  // Written when first asked for: it takes a while, and most starts are not followed by the question.
  const json = once(() => JSON.stringify(openapi()));
  const page = once(() => docsPage(openapi()));
  api.get('/api/openapi.json', (_, reply) => reply.type('application/json; charset=utf-8').send(json()));
  api.get('/api/docs', (_, reply) =>
    reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(page()),
  );
  api.get('/api/docs/style.css', (_, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
}

function once(write: () => string): () => string {
  let written: string | null = null;
  return () => (written ??= write());
}

function docsPage({ paths }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags[0]!);
  const index = [...byTag.keys()].map((tag) => `<li><a href="#${safe(tag)}">${safe(tag)}</a></li>`);
  const sections = [...byTag].map(
    ([tag, members]) =>
      `<section id="${safe(tag)}"><h2>${safe(tag)}</h2>${members.map(describe).join('')}</section>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Leadpact API</title><link rel="stylesheet" href="/api/docs/style.css"></head><body>
<header><h1>Leadpact API</h1><p>For programs: <a href="/api/openapi.json">OpenAPI 3.1</a>. Sign in with an API key:
<code>Authorization: Bearer lp_…</code></p></header><nav><ul>${index.join('')}</ul></nav><main>${sections.join('')}</main></body></html>`;
}

function describe({
  path,
  method,
  operation,
}: {
  path: string;
  method: string;
  operation: Operation;
}): string {
  const { operationId, summary, security, parameters, requestBody, responses } = operation;
  const scope = security.flatMap((scheme) => (scheme.key as string[] | undefined) ?? [])[0];
  const [status] = Object.keys(responses);
  return `<article id="${safe(operationId)}"><h3><span class="method">${method.toUpperCase()}</span> <code>${safe(path)}</code></h3>
<p>${safe(summary)}.${scope ? ` Scope of a key: <code>${safe(scope)}</code>.` : ''}</p>
${parameters.length > 0 ? details('Parameters', parameters) : ''}${requestBody ? details('Body', requestBody) : ''}${details(`Answer ${status}`, responses[status!])}</article>`;
}

const details = (title: string, content: unknown): string =>
  `<details><summary>${safe(title)}</summary><pre>${safe(JSON.stringify(content, null, 2))}</pre></details>`;

const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const STYLE = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; padding: 0; }
article { border-top: 1px solid #8884; padding: .5rem 0; }
h3 { margin: .5rem 0; font-weight: 600; }
.method { font: 600 .85rem ui-monospace, monospace; border: 1px solid; border-radius: .25rem; padding: .1rem .4rem; }
pre { overflow: auto; background: #8882; padding: .75rem; border-radius: .25rem; }
`;
