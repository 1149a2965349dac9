import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFailed, onTestFinished } from 'vitest';

export interface LinphoneOptions {
  /** Port of the TLS server at `localhost`. */
  readonly serverPort: number;
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  /** The only authority it trusts. */
  readonly authoritiesPem: string;
}

export interface Linphone {
  /** Types a line, such as `call sip:1@localhost`. */
  command(line: string): void;
  /** Resolves when it has said that, since it was last waited for. */
  said(text: string): Promise<void>;
}

const PATIENCE_MS = 15_000;

/** Starts Debian's linphonec with an account that only speaks TLS and checks certificates; it ends with the test. */
export async function startLinphone(options: LinphoneOptions): Promise<Linphone> {
  const { serverPort, username, password, realm, authoritiesPem } = options;
  const home = mkdtempSync(join(tmpdir(), 'dialplane-linphone-'));
  // It does not make them itself, and fails without.
  for (const directory of ['.local/share/linphone', '.config/linphone']) {
    mkdirSync(join(home, directory), { recursive: true });
  }
  writeFileSync(join(home, 'ca.pem'), authoritiesPem);
  const settings = {
    sip: {
      sip_port: -1,
      sip_tcp_port: -1,
      // The system's choice of a port is not offered for TLS.
      sip_tls_port: await freePort(),
      use_ipv6: 0,
      verify_server_certs: 1,
      verify_server_cn: 1,
      root_ca: join(home, 'ca.pem'),
      default_proxy: 0,
    },
    // A port of the system's choice, on the network of the server.
    rtp: { bind_address: '127.0.0.1', audio_rtp_port: -1 },
    proxy_0: {
      reg_proxy: `<sip:localhost:${serverPort};transport=tls>`,
      reg_identity: `sip:${username}@localhost`,
      reg_sendregister: 0,
    },
    auth_info_0: { username, passwd: password, realm, domain: 'localhost', algorithm: 'SHA-256' },
  };
  const lines = Object.entries(settings).flatMap(([section, values]) => [
    `[${section}]`,
    ...Object.entries(values).map(([name, value]) => `${name}=${value}`),
  ]);
  writeFileSync(join(home, 'linphonerc'), `${lines.join('\n')}\n`);
  const child = spawn('linphonec', ['-c', join(home, 'linphonerc'), '-d', '0'], {
    env: { ...process.env, HOME: home },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      log += bytes;
    });
  }
  onTestFailed(() => console.error(`linphonec said:\n${log}`));
  onTestFinished(async () => {
    await end(child);
    rmSync(home, { recursive: true, force: true });
  });
  let heardTo = 0;
  const said = async (text: string) => {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const at = log.indexOf(text, heardTo);
      if (at >= 0) {
        heardTo = at + text.length;
        return;
      }
      if (performance.now() > deadline) throw new Error(`linphonec did not say "${text}" but:\n${log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const command = (line: string) => void child.stdin.write(`${line}\n`);
  await said('linphonec>');
  // There is no sound card on a test machine.
  command('soundcard use files');
  await said('Using wav files');
  return { command, said };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A TCP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
