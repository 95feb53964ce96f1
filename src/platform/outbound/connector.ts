/** Connects to an address that was looked at, and to no other: names are looked up once, here, and not again. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { forbidden } from './addresses.ts';
import { type Allowed, bare, OutboundRefused, type Target } from './allowed.ts';

/** The addresses of a name, as the system's resolver has them. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * A connector for undici. Every answer of the resolver is checked, and the connection goes to one of the checked
 * addresses: a name that answers otherwise a moment later changes nothing. The name stays what TLS asks for.
 */
export function guardedConnector(
  allowed: Allowed,
  resolve: Resolve = systemResolve,
  timeout: number,
): buildConnector.connector {
  const connect = buildConnector({ timeout });
  return (options, callback) => {
    const target = { host: options.hostname, port: portOf(options) };
    checkedAddresses(target, allowed, resolve).then(
      (addresses) => connectToFirst(connect, options, addresses, callback),
      (error: unknown) => callback(error instanceof Error ? error : new Error(messageOf(error)), null),
    );
  };
}

const portOf = ({ port, protocol }: buildConnector.Options): number =>
  port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);

/** @throws OutboundRefused when any of them may not be talked to */
async function checkedAddresses(target: Target, allowed: Allowed, resolve: Resolve): Promise<string[]> {
  const host = bare(target.host);
  const addresses = isIP(host) === 0 ? [...(await resolve(host))] : [host];
  if (addresses.length === 0) throw new OutsideError(`${host} has no address.`);
  if (allowed.byName(isIP(host) === 6 ? { ...target, host: `[${host}]` } : target)) return addresses;
  for (const address of addresses) {
    const what = allowed.byAddress(address) ? null : forbidden(address);
    if (what !== null)
      throw new OutboundRefused(
        `${host} is not called: ${address} is ${what}. The operator can allow hosts of their own network.`,
      );
  }
  return addresses;
}

function connectToFirst(
  connect: buildConnector.connector,
  options: buildConnector.Options,
  [address, ...others]: string[],
  callback: buildConnector.Callback,
): void {
  const servername =
    options.servername ?? (isIP(bare(options.hostname)) === 0 ? options.hostname : undefined);
  const pinned = { ...options, hostname: address!, ...(servername !== undefined && { servername }) };
  connect(pinned, (...answer) => {
    if (answer[0] !== null && others.length > 0) connectToFirst(connect, options, others, callback);
    else callback(...answer);
  });
}
