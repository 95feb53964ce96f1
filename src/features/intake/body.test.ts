import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { LARGEST_BODY, readBody } from './body.ts';

const json = Buffer.from('{"batch":[]}');

const read: [what: string, bytes: Buffer][] = [
  ['plain', json],
  ['gzip, whatever it is declared as', gzipSync(json)],
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), json])],
  ['space and tabs before it', Buffer.from('\n \t{"batch":[]}')],
];
test.each(read)('reads %s', async (_, bytes) => {
  expect(await readBody(bytes)).toEqual({ batch: [] });
});

const refused: [what: string, bytes: Buffer, status: number, message: string][] = [
  ['nothing', Buffer.alloc(0), 400, 'empty'],
  ['no JSON', Buffer.from('batch=[]'), 400, 'not JSON'],
  ['a list', Buffer.from('[]'), 400, 'found a list'],
  ['null', Buffer.from('null'), 400, 'found null'],
  ['Latin-1', Buffer.from('{"name":"caf\xe9"}', 'latin1'), 400, 'not UTF-8'],
  ['gzip cut short', gzipSync(json).subarray(0, 15), 400, 'cut short'],
  ['4 MiB and a byte', Buffer.alloc(LARGEST_BODY + 1, 0x20), 413, '4 MiB'],
  ['a bomb of gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024)), 413, '4 MiB'],
];
test.each(refused)('refuses %s', async (_, bytes, status, message) => {
  await expect(readBody(bytes)).rejects.toMatchObject({ status, message: expect.stringContaining(message) });
});
