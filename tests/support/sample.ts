/** A value that a JSON Schema takes: the least of each kind. Enough for what contracts are made of. */
type Schema = Record<string, unknown>;

const texts: Record<string, string> = {
  uuid: '01a20021-8e44-7973-9720-8b2c5c376d30',
  'date-time': '2026-06-01T09:00:00.000Z',
  date: '2026-06-01',
  email: 'somebody@acme.example',
  uri: 'https://hooks.example/in',
};

export function sample(schema: Schema): unknown {
  if ('const' in schema) return schema.const;
  if ('default' in schema) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  for (const union of ['anyOf', 'oneOf'] as const) {
    const kinds = schema[union];
    if (Array.isArray(kinds)) return sample(kinds[0] as Schema);
  }
  const kind = [schema.type].flat()[0];
  if (kind === 'object') {
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    const required = (schema.required ?? []) as string[];
    return Object.fromEntries(required.map((name) => [name, sample(properties[name]!)]));
  }
  if (kind === 'array') {
    const least = Number(schema.minItems ?? 0);
    return Array.from({ length: least }, () => sample(schema.items as Schema));
  }
  if (kind === 'string') return text(schema);
  if (kind === 'integer' || kind === 'number') return schema.minimum ?? 1;
  return kind === 'boolean' ? false : null;
}

function text({ format, pattern, minLength }: Schema): string {
  const found = texts[String(format)];
  if (found) return found;
  if (pattern)
    return ['leads:read', 'https://hooks.example/in', 'lead.moved', 'x'].find((one) =>
      new RegExp(String(pattern)).test(one),
    )!;
  return 'x'.repeat(Math.max(1, Number(minLength ?? 1)));
}
