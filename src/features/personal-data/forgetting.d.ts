/** Everything that is kept of a person, emptied or deleted: that something happened stays, who it was and what was said goes. */
import type { Query } from '#platform/db/transaction.ts';
/** Whom it is about: the numbers and ids of their leads, and everything they are recognised by. */
export type Person = {
    workspace: string;
    numbers: number[];
    ids: string[];
    names: string[];
};
type Step = {
    /** What is counted. */
    what: string;
    text: string;
    values: (person: Person) => unknown[];
};
/** What came in by the person's own doing. Also done again for whoever was erased lately. */
export declare const LEDGER: readonly Step[];
/** @returns how many rows of each kind were emptied or deleted */
export declare function forget(query: Query, person: Person, steps?: readonly Step[]): Promise<Record<string, number>>;
export {};
