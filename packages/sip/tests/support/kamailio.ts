import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFailed, onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

export interface Kamailio {
  /** UDP and TCP. */
  readonly port: number;
  readonly tlsPort: number;
  /** What its script has noted with `xlog("noted: ...")`. */
  notes(): readonly string[];
}

export interface KamailioOptions {
  /** Shown to whoever connects, and trusted as the authority of those who show one. */
  readonly certificate: { readonly certificatePem: string; readonly privateKeyPem: string };
  /** Whether clients must show a certificate that the one above vouches for (mutual TLS). */
  readonly wantsClientCertificate?: boolean;
  /** Names that the configuration puts values in for. */
  readonly defines?: Readonly<Record<string, string | number>>;
}

const PATIENCE_MS = 10_000;

/** Most times it ends in a tenth of a second; now and then it waits a minute for a child that waits for it. */
const ENDED_WITHIN_MS = 2_000;

/** Starts Debian's kamailio with one of the configurations beside this file; it ends with the test. */
export async function startKamailio(configuration: string, options: KamailioOptions): Promise<Kamailio> {
  const { certificate, wantsClientCertificate = false, defines = {} } = options;
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-kamailio-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const certificateFile = file('certificate.pem', certificate.certificatePem);
  const keyFile = file('key.pem', certificate.privateKeyPem);
  const common = [
    'method = TLSv1.2+',
    `certificate = ${certificateFile}`,
    `private_key = ${keyFile}`,
    `ca_list = ${certificateFile}`,
  ];
  const demand = wantsClientCertificate ? 'yes' : 'no';
  const server = [`verify_certificate = ${demand}`, `require_certificate = ${demand}`];
  const client = ['verify_certificate = yes', 'require_certificate = yes'];
  const profiles = ['[server:default]', ...common, ...server, '[client:default]', ...common, ...client];
  const tlsFile = file('tls.cfg', `${profiles.join('\n')}\n`);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const child = spawn(
    // Debian puts it where only root's PATH looks.
    '/usr/sbin/kamailio',
    [
      ...['-DD', '-E', '-f', fileURLToPath(new URL(configuration, import.meta.url))],
      ...['-A', `PORT=${port}`, '-A', `TLS_PORT=${tlsPort}`, '-A', `TLS_CONFIG="${tlsFile}"`],
      ...Object.entries(defines).flatMap(([name, value]) => ['-A', `${name}=${value}`]),
      // Small memory, so that it starts at once; files of its own, so that several can run.
      ...['-m', '32', '-P', join(directory, 'pid'), '-Y', directory],
    ],
    // A group of its own, so that all its processes can be killed at once.
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (log += bytes));
  onTestFailed(() => console.error(`kamailio said:\n${log}`));
  onTestFinished(async () => {
    await end(child);
    rmSync(directory, { recursive: true, force: true });
  });
  await until(
    () => listens(tlsPort),
    () => `kamailio does not start\n${log}`,
    () => child.exitCode !== null,
  );
  return {
    port,
    tlsPort,
    notes: () => [...log.matchAll(/noted: (.*)/g)].map(([, note = '']) => note.trim()),
  };
}

async function until(
  isTrue: () => boolean | Promise<boolean>,
  failure: () => string,
  isHopeless = () => false,
): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; !(await isTrue()); ) {
    if (performance.now() > deadline || isHopeless()) throw new Error(failure());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (child.exitCode !== null || pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => process.kill(-pid, 'SIGKILL'), ENDED_WITHIN_MS);
  await ended;
  clearTimeout(late);
}

async function listens(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
