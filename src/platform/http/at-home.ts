import type { FastifyRequest } from 'fastify';

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** Set by every proxy that passes on what somebody else asked. */
const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * Whether somebody on this machine asks, and not a proxy on somebody's behalf. Says who may see metrics and the reasons
 * for not being ready; nothing that needs a login hangs on it.
 */
export const isAtHome = (request: FastifyRequest): boolean =>
  loopback.has(request.socket.remoteAddress ?? '') &&
  passedOn.every((header) => !(header in request.headers));
