/** A PostgreSQL that a package put on this machine, as operators run their own; with a standby where one is wanted. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { spawnOptions } from '#platform/db/embedded/cluster.ts';
import { closeHome, type Home, openHome } from '#platform/db/embedded/home.ts';
import type { Login } from '#platform/db/login.ts';
import { connectOnce } from '#platform/db/pool.ts';

const PACKAGES = '/usr/lib/postgresql';

/** The versions at hand that we promise to work with. */
export const packagedVersions: readonly string[] = existsSync(PACKAGES)
  ? readdirSync(PACKAGES).filter((version) => Number(version) >= 15)
  : [];

export type Settings = Record<string, string>;

export class PackagedServer {
  readonly port: number;
  readonly login: Login;
  readonly #directory: string;
  readonly #home: Home;
  readonly #programs: string;
  #child: ChildProcess | null = null;

  private constructor(version: string, port: number) {
    this.#directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'leadpact-packaged-'));
    this.#home = openHome(this.#directory);
    this.#programs = join(PACKAGES, version, 'bin');
    this.port = port;
    this.login = { host: '127.0.0.1', port, database: 'postgres', user: 'admin', password: 'p' };
  }

  /** An empty one. */
  static make(version: string, port: number): PackagedServer {
    const server = new PackagedServer(version, port);
    const { path, served } = server.#home;
    writeFileSync(join(path, 'password'), 'p', { mode: 0o644 });
    const secured = ['-U', 'admin', `--pwfile=${served}/password`, '-A', 'scram-sha-256'];
    server.#run('initdb', ['-D', `${served}/data`, ...secured, '-E', 'UTF8', '--locale=C', '--no-sync']);
    return server;
  }

  /** A standby that follows this server, not yet started. */
  followedBy(version: string, port: number, name: string): PackagedServer {
    const standby = new PackagedServer(version, port);
    const from = `host=127.0.0.1 port=${this.port} user=admin password=p application_name=${name}`;
    standby.#run('pg_basebackup', ['-D', `${standby.#home.served}/data`, '-R', '-X', 'stream', '-d', from]);
    return standby;
  }

  /** Starts it, and waits until it answers. */
  async start(settings: Settings = {}): Promise<void> {
    const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(this.port) };
    const given = Object.entries({ ...all, ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const parameters = ['-D', `${this.#home.served}/data`, ...given];
    this.#child = spawn(join(this.#programs, 'postgres'), parameters, spawnOptions(this.#home, 'pipe'));
    this.#child.stderr?.resume();
    while (!(await this.answers())) await pause(50);
  }

  async answers(): Promise<boolean> {
    const session = await connectOnce(this.login, 'test').catch(() => null);
    await session?.end();
    return session !== null;
  }

  async query<Row extends object>(text: string): Promise<Row[]> {
    const session = await connectOnce(this.login, 'test');
    try {
      return (await session.query(text)).rows as Row[];
    } finally {
      await session.end();
    }
  }

  promote(): void {
    this.#run('pg_ctl', ['promote', '-w', '-D', `${this.#home.served}/data`]);
  }

  /** SIGKILL for an end without a word; the default waits for nobody, but leaves everything in order. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  async remove(): Promise<void> {
    await this.end('SIGQUIT');
    closeHome(this.#home);
    rmSync(this.#directory, { recursive: true });
  }

  #run(program: string, parameters: string[]): void {
    execFileSync(join(this.#programs, program), parameters, spawnOptions(this.#home, 'pipe'));
  }
}
