import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

export interface Kamailio {
  /** UDP and TCP. */
  readonly port: number;
  readonly tlsPort: number;
}

const PATIENCE_MS = 10_000;

/** Starts Debian's kamailio with one of the configurations beside this file; it ends with the test. */
export async function startKamailio(
  configuration: string,
  certificate: { readonly certificatePem: string; readonly privateKeyPem: string },
): Promise<Kamailio> {
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-kamailio-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const certificateFile = file('certificate.pem', certificate.certificatePem);
  const keyFile = file('key.pem', certificate.privateKeyPem);
  const profile = `[server:default]\nmethod = TLSv1.2+\nverify_certificate = no\nrequire_certificate = no\n`;
  const tlsFile = file('tls.cfg', `${profile}certificate = ${certificateFile}\nprivate_key = ${keyFile}\n`);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const child = spawn(
    'kamailio',
    [
      ...['-DD', '-E', '-f', fileURLToPath(new URL(configuration, import.meta.url))],
      ...['-A', `PORT=${port}`, '-A', `TLS_PORT=${tlsPort}`, '-A', `TLS_CONFIG="${tlsFile}"`],
      // Small memory, so that it starts at once; files of its own, so that several can run.
      ...['-m', '32', '-P', join(directory, 'pid'), '-Y', directory],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
  onTestFinished(async () => {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    // Its children end with it only when it is asked.
    child.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  });
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    if (await listens(tlsPort)) return { port, tlsPort };
    if (performance.now() > deadline || child.exitCode !== null) throw new Error(`kamailio does not start\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
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
