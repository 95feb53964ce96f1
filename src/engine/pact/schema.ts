/** The pact language as a JSON Schema, for editors. */
import { language } from './language/language.ts';
import type { JsonSchema } from './shape/shape.ts';

/** The JSON Schema (2020-12) of a pact file, from the shapes that the parser reads with. */
export function pactSchema(): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const schema = language.schema(definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://unpkg.com/leadpact/schema/pact.schema.json',
    ...schema,
    title: 'Pact',
    description: 'One definition of a lead, signed by marketing and by sales.',
    $defs: Object.fromEntries(definitions),
  };
}
