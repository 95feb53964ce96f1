/** Faults that take minutes, or more than a machine usually has: `npm run test:faults`. */
export const isLong = process.env.LEADPACT_FAULTS === 'long';
