/** Hosts of the operator's own network that may be talked to all the same: `crm.internal`, `10.0.0.5:8080`, `10.1.0.0/16`. */
import { BlockList, isIP } from 'node:net';
import { InputError, OutsideError } from '#platform/errors.ts';

/** A target lies where outsiders may not send us. */
export class OutboundRefused extends OutsideError {
  override name = 'OutboundRefused';
}

export type Target = { host: string; port: number };

/** Whether a target is let through: by the name or address it is called by, or by the address it turned out to have. */
export type Allowed = { byName: (target: Target) => boolean; byAddress: (address: string) => boolean };

/** @throws InputError that names the entry that cannot be read */
export function readAllowed(entries: readonly string[]): Allowed {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const entry of entries) {
    const [network, prefix] = entry.split('/');
    if (prefix === undefined) hosts.add(hostOf(entry));
    else addNetwork(networks, entry, network!, prefix);
  }
  const byAddress = (address: string): boolean =>
    networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return {
    byName: ({ host, port }) =>
      hosts.has(host) || hosts.has(`${host}:${port}`) || (isIP(bare(host)) !== 0 && byAddress(bare(host))),
    byAddress,
  };
}

/** `[::1]` without its brackets. */
export const bare = (host: string): string => (host.startsWith('[') ? host.slice(1, -1) : host);

/** As a URL would have it, so that it is found whatever way it is written. */
function hostOf(entry: string): string {
  const written = isIP(entry) === 6 ? `[${entry}]` : entry;
  // Taken from the text: a URL drops the port that its scheme has anyway.
  const port = /:(\d{1,5})$/.exec(isIP(entry) === 6 ? '' : entry)?.[1];
  const url = URL.parse(`http://${written}`);
  if (url === null || url.pathname !== '/' || url.username !== '') throw unreadable(entry);
  return port === undefined ? url.hostname : `${url.hostname}:${port}`;
}

function addNetwork(networks: BlockList, entry: string, network: string, prefix: string): void {
  const family = isIP(network);
  const length = Number(prefix);
  if (family === 0 || !/^\d{1,3}$/.test(prefix) || length > (family === 4 ? 32 : 128))
    throw unreadable(entry);
  networks.addSubnet(network, length, family === 4 ? 'ipv4' : 'ipv6');
}

const unreadable = (entry: string): InputError =>
  new InputError(
    `A host that may be called is written as a name, an address or a network (crm.internal, 10.0.0.5:8080, 10.1.0.0/16); found ${JSON.stringify(entry)}.`,
  );
