/** Something wrong at a place in a file's text. */
export type Fault = { at: number; message: string; hint?: string };
