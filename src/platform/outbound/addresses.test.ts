import { BlockList } from 'node:net';
import { expect, test } from 'vitest';
import { forbidden } from './addresses.ts';
import { readAllowed } from './allowed.ts';

const nobody = new BlockList();

const addresses: [address: string, what: string | null][] = [
  ['0.0.0.0', 'this host'],
  ['10.1.2.3', 'a private network'],
  ['100.100.100.200', 'a carrier network'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['168.63.129.16', 'cloud metadata'],
  ['169.254.169.254', 'link-local or cloud metadata'],
  ['172.15.255.255', null],
  ['172.16.0.1', 'a private network'],
  ['172.31.255.255', 'a private network'],
  ['172.32.0.0', null],
  ['192.0.0.192', 'a reserved network'],
  ['192.168.1.1', 'a private network'],
  ['198.19.255.255', 'a test network'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'a reserved network'],
  ['93.184.216.34', null],
  ['::', 'this host, loopback or an embedded IPv4 address'],
  ['::1', 'this host, loopback or an embedded IPv4 address'],
  ['::7f00:1', 'this host, loopback or an embedded IPv4 address'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['::ffff:169.254.169.254', 'link-local or cloud metadata'],
  ['64:ff9b::7f00:1', 'an IPv4 address behind NAT64'],
  ['64:ff9b:1::a00:1', 'an IPv4 address behind NAT64'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'a protocol network or Teredo'],
  ['2002:7f00:1::', 'an IPv4 address behind 6to4'],
  ['fd00:ec2::254', 'a private network'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['ff02::1', 'multicast'],
  ['2606:2800:220:1:248:1893:25c8:1946', null],
  ['localhost', 'no address'],
];
test.each(addresses)('%s is %s', (address, what) => {
  expect(forbidden(address, nobody)).toBe(what);
});

test("this machine's own public address is its own", () => {
  const own = new BlockList();
  own.addAddress('93.184.216.34');
  expect(forbidden('93.184.216.34', own)).toBe('this machine');
});

const targets: [entry: string, host: string, port: number, allowed: boolean][] = [
  ['crm.internal', 'crm.internal', 80, true],
  ['CRM.internal', 'crm.internal', 8080, true],
  ['crm.internal:8080', 'crm.internal', 8080, true],
  ['crm.internal:8080', 'crm.internal', 8081, false],
  ['crm.internal:80', 'crm.internal', 80, true],
  ['crm.internal', 'crm.internal.evil.example', 80, false],
  ['10.0.0.5', '10.0.0.5', 80, true],
  ['10.1.0.0/16', '10.1.2.3', 80, true],
  ['10.1.0.0/16', '10.2.2.3', 80, false],
  ['::1', '[::1]', 80, true],
  ['fd00::/8', '[fd00::5]', 80, true],
];
test.each(targets)('allowing %s: %s:%i → %s', (entry, host, port, allowed) => {
  expect(readAllowed([entry]).byName({ host, port })).toBe(allowed);
});

test.each(['10.0.0.0/33', 'crm.internal/8', 'a b', 'http://crm.internal', 'user@crm.internal', ''])(
  'an entry that cannot be read is named: %j',
  (entry) => {
    expect(() => readAllowed([entry])).toThrow(JSON.stringify(entry));
  },
);
