import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import type { Login } from '#platform/db/login.ts';

/** A wire between a client and its server, which a test can cut. */
export type Wire = {
  /** The server, as reached through the wire. */
  login: Login;
  /** Cuts a connection at the moment a message with this word in it passes; the server does or does not get it. */
  cutAt: (word: string, delivered: boolean) => void;
  /** From now on each message takes so many milliseconds to the server. */
  delay: (milliseconds: number) => void;
  close: () => Promise<void>;
};

export async function layWire(login: Login): Promise<Wire> {
  let cut: { word: string; delivered: boolean } | null = null;
  let late = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(login.port, login.host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    client.on('data', (chunk) => {
      if (!cut || !chunk.includes(cut.word)) {
        if (late === 0) upstream.write(chunk);
        else setTimeout(() => upstream.writable && upstream.write(chunk), late);
        return;
      }
      upstream.unpipe(client);
      const { delivered } = cut;
      cut = null;
      if (delivered)
        upstream
          .once('data', () => client.destroy())
          .resume()
          .write(chunk);
      else client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    login: { ...login, port },
    cutAt: (word, delivered) => {
      cut = { word, delivered };
    },
    delay: (milliseconds) => {
      late = milliseconds;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
