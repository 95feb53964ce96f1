/** OpenAPI 3.1, written from the contracts that requests and answers are held to. */
import { z } from 'zod';
import type { DoorContract } from '#contract/door.ts';
import { problem } from '#contract/problem.ts';
import type { RouteContract } from '#contract/route.ts';
import { contracts, doors } from './routes.ts';

type Json = Record<string, unknown>;
export type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  security: Json[];
  parameters: Json[];
  requestBody?: Json;
  responses: Record<string, Json>;
};
export type OpenApi = Json & { paths: Record<string, Record<string, Operation>> };

/** The whole API as a document. */
export function openapi(): OpenApi {
  const paths: OpenApi['paths'] = {};
  const add = (path: string, method: string, operation: Operation): void => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  for (const route of contracts) add(template(route.path), route.method, operationOf(route));
  for (const door of doors) add(template(door.path), door.method, doorOperation(door));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Leadpact',
      version: '1',
      description:
        'Answers are JSON; refusals are application/problem+json (RFC 9457), with a `code` that stays. Lists come in pages: hand `next` back as `cursor`. A POST with an Idempotency-Key is carried out once. A GET carries an ETag; send it back as If-Match with a change, and the change is refused (412) when somebody else was faster.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: lp_…' },
        session: { type: 'apiKey', in: 'cookie', name: 'leadpact.session_token' },
      },
      responses: {
        Refusal: {
          description: 'Refused: what was found, what was wanted, what to do',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

const template = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

const operationOf = (route: RouteContract): Operation => ({
  ...shared(route),
  security: [{ key: [route.scope] }, { session: [] }],
  parameters: [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...(route.method === 'POST' ? [headerParameter('Idempotency-Key')] : []),
    ...(route.method === 'PATCH' ? [headerParameter('If-Match')] : []),
  ],
});

const doorOperation = (door: DoorContract): Operation => ({ ...shared(door), security: [], parameters: [] });

function shared(contract: DoorContract): Pick<Operation, 'operationId' | 'summary' | 'tags' | 'responses'> {
  const { method, path, summary, body, status } = contract;
  const words = path
    .replace('/api/', '')
    .split(/[/:-]+/)
    .filter((word) => word !== '');
  const { upload } = contract as Partial<RouteContract>;
  const wanted = upload ? { type: 'string', format: 'binary' } : schemaOf(body, 'input');
  return {
    operationId: [method.toLowerCase(), ...words].join('_'),
    summary,
    tags: [words[0]!],
    ...(!isNothing(wanted) && {
      requestBody: { required: true, content: { [upload?.type ?? 'application/json']: { schema: wanted } } },
    }),
    responses: {
      [status]: {
        description: 'Done',
        content: contentOf(contract),
      },
      default: { $ref: '#/components/responses/Refusal' },
    },
  };
}

/** The answer as it is sent: JSON, a file, or events that go on. */
function contentOf(contract: DoorContract & Partial<Pick<RouteContract, 'events' | 'file'>>): Json {
  const { reply, events, file } = contract;
  if (events !== undefined) {
    const description =
      'Server-sent events; the `data` of each is as in x-event. An event `resync` has none.';
    return {
      'text/event-stream': { schema: { type: 'string', description }, 'x-event': schemaOf(events, 'output') },
    };
  }
  if (file !== undefined) return { [file.type.split(';', 1)[0]!]: { schema: { type: 'string' } } };
  return { 'application/json': { schema: schemaOf(reply, 'output') } };
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, described]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: described,
  }));
}

const headerParameter = (name: string): Json => ({
  name,
  in: 'header',
  required: false,
  schema: { type: 'string' },
});

const isNothing = (schema: Json): boolean =>
  schema.type === 'object' && Object.keys(schema.properties ?? {}).length === 0;

/** @param io as callers send it, or as they get it */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return described;
}
