const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/** Names that every JavaScript object answers to: nothing in a pact may be called so. */
export const isUnsafeName = (name: string): boolean => UNSAFE.has(name.trim().toLowerCase());
