/**
 * What clients and people write when they have no id. Taken for one, each would make one person out of all strangers
 * who wrote it.
 */
const nobodies = new Set([
  '',
  '0',
  '-1',
  'null',
  'undefined',
  'nil',
  'none',
  'nan',
  'n/a',
  'na',
  'guest',
  'anonymous',
  'anon',
  'unknown',
  'user',
  'userid',
  'user_id',
  'test',
  'true',
  'false',
  '[object object]',
  '{}',
  '[]',
  '00000000-0000-0000-0000-000000000000',
]);

/** Whether an id is one of those that mean nobody. */
export const meansNobody = (id: string): boolean => nobodies.has(id.toLowerCase());

/** What is typed into a form that insists on an address. */
const madeUp = new Set([
  'a@a.com',
  'a@b.c',
  'a@b.com',
  'aa@aa.com',
  'abc@abc.com',
  'asd@asd.com',
  'asdf@asdf.com',
  'email@email.com',
  'fake@fake.com',
  'me@me.com',
  'na@na.com',
  'no@email.com',
  'no@no.com',
  'noemail@noemail.com',
  'none@none.com',
  'null@null.com',
  'test@test.com',
  'user@user.com',
  'x@x.com',
]);

/** Mailboxes that nobody reads: automatic senders. */
const unread = /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|postmaster)@/;

/** Whether an e-mail address, already normalised, stands for no person. */
export const isNobodysMail = (address: string): boolean => madeUp.has(address) || unread.test(address);
