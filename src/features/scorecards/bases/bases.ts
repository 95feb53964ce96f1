/** Every base, by the name that figures open their rows with. */
import { HttpProblem } from '#platform/http/problem.ts';
import type { Base } from './base.ts';
import { clocks } from './clocks.ts';
import { costs } from './costs.ts';
import { deals, openDeals } from './deals.ts';
import { did } from './did.ts';
import { handoffs } from './handoffs.ts';
import { leads } from './leads.ts';
import { missed } from './missed.ts';
import { passes } from './passes.ts';
import { speed } from './speed.ts';
import { spending } from './spending.ts';
import { stages } from './stages.ts';
import { touched } from './touched.ts';

const BASES = {
  handoffs,
  clocks,
  deals,
  missed,
  open_deals: openDeals,
  passes,
  stages,
  speed,
  costs,
  spending,
  touched,
  leads,
  did,
} as const satisfies Record<string, Base>;
export type BaseName = keyof typeof BASES;

export const baseNamed = (name: BaseName): Base => BASES[name];

/** @throws HttpProblem 400 for what no report gave out. */
export function findBase(name: string): { name: BaseName; base: Base } {
  if (Object.hasOwn(BASES, name)) return { name: name as BaseName, base: BASES[name as BaseName] };
  throw new HttpProblem(
    400,
    'bad_rows',
    `There are no rows of ${JSON.stringify(name)}: hand "params" back as they were given.`,
  );
}
