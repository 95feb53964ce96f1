/**
 * Tokens that are sent by mail. They are signed, not stored: nothing in the database lets anybody in. Each names the
 * moment of what it is about (an invitation, a password), so that a newer one makes it void.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#engine/facts/facts.ts';
import { HttpProblem } from '#platform/http/problem.ts';

type Purpose = 'invitation' | 'password' | 'setup' | 'demo';
/** What a token is about: ids, and the moment they were as they are. */
type Matter = { ids: readonly string[]; moment: Instant };

export type Letters = {
  write: (purpose: Purpose, matter: Matter, until: Instant) => string;
  /** @throws HttpProblem when it is not one of ours, was meant for something else, or is over. */
  read: (purpose: Purpose, token: string, now: Instant) => Matter;
  /** Where a person follows a token: behind the `#`, so that it stays out of logs and of what is told to other sites. */
  link: (purpose: Purpose, token: string) => string;
  /** Whether mail is sent; where it is not, links are handed over by hand. */
  mailed: boolean;
};

export const openLetters = (secret: string, publicUrl: string, mailed: boolean): Letters => {
  const seal = (text: string): Buffer => createHmac('sha256', secret).update(`letter ${text}`).digest();
  return {
    mailed,
    write: (purpose, { ids, moment }, until) => {
      const text = [purpose, moment, until, ...ids].join(' ');
      return `${Buffer.from(text).toString('base64url')}.${seal(text).toString('base64url')}`;
    },
    read: (purpose, token, now) => {
      const [body = '', mark = ''] = token.split('.');
      const text = Buffer.from(body, 'base64url').toString();
      const [given, wanted] = [Buffer.from(mark, 'base64url'), seal(text)];
      const ours = given.length === wanted.length && timingSafeEqual(given, wanted);
      const [for_, moment, until, ...ids] = text.split(' ');
      if (!ours || for_ !== purpose || Number(until) <= now) throw voidToken();
      return { ids, moment: Number(moment) };
    },
    link: (purpose, token) => `${publicUrl}/${purpose}#${token}`,
  };
};

export const voidToken = (): HttpProblem =>
  new HttpProblem(400, 'void_token', 'This token is not valid, or not any more. Ask for a new one.');
