import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFailed, onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

export interface Baresip {
  /** The next event of this type, such as `CALL_ESTABLISHED` or `CALL_CLOSED`; those before it are dropped. */
  event(type: string): Promise<void>;
  command(name: string, params?: string): void;
}

export interface BaresipOptions {
  /** `<sip:user@host:port;transport=tcp>;auth_pass=...` */
  readonly account: string;
  /** Authorities that TLS servers must have their certificate from. */
  readonly authoritiesPem?: string;
}

const PATIENCE_MS = 15_000;

/** Starts Debian's baresip with one account, a file of silence for a microphone and no loudspeaker; it ends with the test. */
export async function startBaresip({ account, authoritiesPem }: BaresipOptions): Promise<Baresip> {
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-baresip-'));
  const port = await freePort();
  writeFileSync(join(directory, 'accounts'), `${account}\n`);
  const certificates = join(directory, 'ca.pem');
  if (authoritiesPem !== undefined) writeFileSync(certificates, authoritiesPem);
  const sound = join(directory, 'silence.wav');
  writeFileSync(sound, silence());
  const lines = [
    `audio_source aufile,${sound}`,
    'ausrc_srate 8000',
    'sip_listen 127.0.0.1:0',
    ...(authoritiesPem === undefined ? [] : [`sip_cafile ${certificates}`]),
    'module_path /usr/lib/baresip/modules',
    ...['g711', 'aufile'].map((name) => `module ${name}.so`),
    'module_tmp account.so',
    ...['menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
    `ctrl_tcp_listen 127.0.0.1:${port}`,
  ];
  writeFileSync(join(directory, 'config'), `${lines.join('\n')}\n`);
  const child = spawn('baresip', ['-f', directory], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
  onTestFailed(() => console.error(`baresip said:\n${said}`));
  onTestFinished(async () => {
    await end(child);
    rmSync(directory, { recursive: true, force: true });
  });
  const control = await connectSoon(port, () => said);
  onTestFinished(() => void control.destroy());
  const events = new EventQueue(control, () => said);
  return {
    event: (type) => events.next(type),
    command: (command, params = '') => {
      const text = JSON.stringify({ command, params, token: command });
      control.write(`${Buffer.byteLength(text)}:${text},`);
    },
  };
}

/** Events come as netstrings of JSON: `12:{"event":..},`. */
class EventQueue {
  readonly #log: () => string;
  readonly #types: string[] = [];
  #buffer = '';
  #wake = Promise.withResolvers<void>();

  constructor(control: Socket, log: () => string) {
    this.#log = log;
    control.on('data', (bytes) => {
      this.#buffer += bytes.toString('latin1');
      for (let colon = this.#buffer.indexOf(':'); colon > 0; colon = this.#buffer.indexOf(':')) {
        const end = colon + 1 + Number(this.#buffer.slice(0, colon));
        if (this.#buffer.length <= end) break;
        const type = /"type":"(\w+)"/.exec(this.#buffer.slice(colon + 1, end))?.[1];
        if (type) this.#types.push(type);
        this.#buffer = this.#buffer.slice(end + 1);
      }
      this.#wake.resolve();
    });
  }

  async next(type: string): Promise<void> {
    const seen: string[] = [];
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      for (let found = this.#types.shift(); found !== undefined; found = this.#types.shift()) {
        if (found === type) return;
        seen.push(found);
      }
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error(`no ${type} from baresip, but ${seen.join(', ')}\n${this.#log()}`);
      this.#wake = Promise.withResolvers<void>();
      const timer = setTimeout(this.#wake.resolve, leftMs);
      await this.#wake.promise;
      clearTimeout(timer);
    }
  }
}

/** Ten seconds of a WAV file: 8 kHz, 16 bits, one channel. */
function silence(): Buffer {
  const wav = Buffer.alloc(44 + 160_000);
  wav.write('RIFF');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(wav.length - 44, 40);
  return wav;
}

async function connectSoon(port: number, log: () => string): Promise<Socket> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const socket = createConnection({ host: '127.0.0.1', port });
    try {
      await once(socket, 'connect');
      return socket;
    } catch {
      if (performance.now() > deadline) throw new Error(`baresip does not listen\n${log()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
