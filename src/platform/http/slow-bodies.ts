/**
 * Bodies that may take longer to come than the server waits for a request: files. They are ended by silence and by
 * their own limits instead.
 */
import type { Socket } from 'node:net';

const expected = new WeakSet<Socket>();

/** Waits for the body that comes over this connection for as long as it comes at all. */
export const expectSlowBody = (socket: Socket): void => void expected.add(socket);
export const expectNoMore = (socket: Socket): void => void expected.delete(socket);
export const isExpectedSlow = (socket: Socket): boolean => expected.has(socket);
