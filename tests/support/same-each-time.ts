/**
 * The same examples each time, so that what is green stays green until something is changed. `LEADPACT_SEED=random`
 * looks for new ones; a number repeats one search.
 */
import fc from 'fast-check';

const given = process.env.LEADPACT_SEED ?? '20260101';
if (given !== 'random') fc.configureGlobal({ seed: Number(given) });
