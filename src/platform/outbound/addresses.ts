/** Which addresses an outsider may make us talk to: those of the public internet, and none of our own house. */
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** What is not the public internet (IANA special-purpose registries), and where clouds tell machines their secrets. */
const FORBIDDEN: readonly (readonly [network: string, prefix: number, what: string])[] = [
  ['0.0.0.0', 8, 'this host'],
  ['10.0.0.0', 8, 'a private network'],
  ['100.64.0.0', 10, 'a carrier network'],
  ['127.0.0.0', 8, 'loopback'],
  ['168.63.129.16', 32, 'cloud metadata'],
  ['169.254.0.0', 16, 'link-local or cloud metadata'],
  ['172.16.0.0', 12, 'a private network'],
  ['192.0.0.0', 24, 'a reserved network'],
  ['192.0.2.0', 24, 'a documentation network'],
  ['192.88.99.0', 24, 'a relay'],
  ['192.168.0.0', 16, 'a private network'],
  ['198.18.0.0', 15, 'a test network'],
  ['198.51.100.0', 24, 'a documentation network'],
  ['203.0.113.0', 24, 'a documentation network'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'a reserved network'],
  ['::', 96, 'this host, loopback or an embedded IPv4 address'],
  ['::ffff:0:0:0', 96, 'an embedded IPv4 address'],
  ['64:ff9b::', 96, 'an IPv4 address behind NAT64'],
  ['64:ff9b:1::', 48, 'an IPv4 address behind NAT64'],
  ['100::', 64, 'a discard network'],
  ['2001::', 23, 'a protocol network or Teredo'],
  ['2001:db8::', 32, 'a documentation network'],
  ['2002::', 16, 'an IPv4 address behind 6to4'],
  ['3fff::', 20, 'a documentation network'],
  ['5f00::', 16, 'a segment routing network'],
  ['fc00::', 7, 'a private network'],
  ['fe80::', 10, 'link-local'],
  ['fec0::', 10, 'a private network'],
  ['ff00::', 8, 'multicast'],
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

const lists = FORBIDDEN.map(([network, prefix, what]) => {
  const list = new BlockList();
  list.addSubnet(network, prefix, familyOf(network));
  return { list, what };
});

/** What an address is that may not be talked to, in words; null for one of the public internet. */
export function forbidden(address: string, own: BlockList = ownAddresses()): string | null {
  const plain = address.replace(/%.*$/, ''); // a zone names one of our own interfaces
  if (isIP(plain) === 0) return 'no address';
  const family = familyOf(plain);
  const found = lists.find(({ list }) => list.check(plain, family));
  if (found !== undefined) return found.what;
  return own.check(plain, family) ? 'this machine' : null;
}

/** What this machine is itself known by, where its own ports listen. */
function ownAddresses(): BlockList {
  const own = new BlockList();
  for (const all of Object.values(networkInterfaces()))
    for (const { address } of all ?? []) own.addAddress(address.replace(/%.*$/, ''), familyOf(address));
  return own;
}
