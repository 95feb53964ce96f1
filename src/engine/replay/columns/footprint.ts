/** What of a lead a pact reads: everything else can be left out of columns without changing any verdict. */
import { compilePact } from '#engine/criterion/compile.ts';
import type { AttributeTest, Pact } from '#engine/pact/pact.ts';

export type Footprint = {
  /** Attributes by folded name. */
  attributes: ReadonlySet<string>;
  /** Those of them whose value matters, and not only whether they have one. */
  values: ReadonlySet<string>;
  /** Properties by folded name, for each folded activity type that some condition names. */
  properties: ReadonlyMap<string, ReadonlySet<string>>;
};

/** What these pacts read of a lead, taken together. */
export function footprint(pacts: readonly Pact[]): Footprint {
  const attributes = new Set<string>();
  const values = new Set<string>();
  const properties = new Map<string, Set<string>>();
  for (const rules of pacts.map(compilePact)) {
    for (const { attribute, source } of rules.attributes) {
      attributes.add(attribute);
      if (!asksForPresence(source)) values.add(attribute);
    }
    for (const { type, where } of rules.dids) {
      const read = properties.get(type) ?? new Set();
      for (const { property } of where) read.add(property);
      properties.set(type, read);
    }
  }
  return { attributes, values, properties };
}

/** Whether a test asks for nothing but whether there is a value. */
const asksForPresence = ({ attribute: _, exists, ...others }: AttributeTest): boolean =>
  exists !== undefined && Object.values(others).every((operand) => operand === undefined);
