/** A route at the door: for whoever is not, or not yet, in a workspace. Its answers may set cookies. */
import type { z } from 'zod';
import type { DoorContract } from '#contract/door.ts';
import { read } from '#features/serve.ts';
import type { Letters } from './letters.ts';
import type { Doorkeeper } from './persons.ts';

export type DoorHouse = Doorkeeper & { letters: Letters };

/** Who stands at the door: what their browser brings along, and where the connection comes from. */
export type Visitor = { cookie: string | undefined; address: string };

export type DoorAnswer<Reply> = { reply: Reply; cookies?: readonly string[] };

export type DoorRoute = DoorContract & {
  /** Holds what was asked and what is answered to the contract. @throws HttpProblem */
  answer: (house: DoorHouse, visitor: Visitor, body: unknown) => Promise<DoorAnswer<unknown>>;
};

export const serveDoor = <B extends z.ZodType, R extends z.ZodType>(
  contract: DoorContract<B, R>,
  handle: (house: DoorHouse, visitor: Visitor, body: z.infer<B>) => Promise<DoorAnswer<z.input<R>>>,
): DoorRoute => ({
  ...contract,
  answer: async (house, visitor, body) => {
    const { reply, cookies = [] } = await handle(house, visitor, read(contract.body, body ?? {}, 'body'));
    return { reply: contract.reply.parse(reply), cookies };
  },
});
