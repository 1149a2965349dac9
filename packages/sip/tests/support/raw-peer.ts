import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { onTestFinished } from 'vitest';
import { StreamFraming } from '../../src/transport/stream-framing.ts';

/** A message as a human would read it off a trace; apart from the code under test. */
export interface Heard {
  readonly text: string;
  /** 0 for a request. */
  readonly status: number;
  /** Empty for a response. */
  readonly method: string;
  readonly callId: string;
  /** Value of the first header of that name as written; empty when there is none. */
  header(name: string): string;
  readonly body: string;
}

function hear(bytes: Buffer): Heard {
  const text = bytes.toString('latin1');
  const lines = (text.split('\r\n\r\n', 1)[0] ?? '').split('\r\n');
  const [first = '', second = ''] = (lines[0] ?? '').split(' ');
  const header = (name: string) => {
    const line = lines.find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? '';
    return line.slice(name.length + 1).trim();
  };
  const isResponse = first === 'SIP/2.0';
  return {
    text,
    status: isResponse ? Number(second) : 0,
    method: isResponse ? '' : first,
    callId: header('Call-ID'),
    header,
    body: text.slice(text.indexOf('\r\n\r\n') + 4),
  };
}

/** A peer that says exactly what it is told to, and keeps what it hears in order. */
export interface RawPeer {
  readonly port: number;
  send(message: string | Buffer): void;
  /** The next message that fulfils the condition; earlier ones are dropped. */
  next(condition?: (message: Heard) => boolean, withinMs?: number): Promise<Heard>;
  /** All messages of a span of time. */
  during(ms: number): Promise<Heard[]>;
}

/** What a peer has heard, in order. */
export class Inbox {
  readonly #messages: Heard[] = [];
  #wake: (() => void) | undefined;

  put(bytes: Buffer): void {
    this.#messages.push(hear(bytes));
    this.#wake?.();
  }

  async next(condition: (message: Heard) => boolean, withinMs: number): Promise<Heard> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      for (let message = this.#messages.shift(); message; message = this.#messages.shift()) {
        if (condition(message)) return message;
      }
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error('the expected message did not come');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async during(ms: number): Promise<Heard[]> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return this.#messages.splice(0);
  }
}

export const PATIENCE_MS = 5000;

/** @param ownPort where a peer listens that had to be known before; 0 lets the system choose. */
export async function openUdpPeer(remotePort: number, ownPort = 0): Promise<RawPeer> {
  const socket = createSocket('udp4');
  const inbox = new Inbox();
  socket.on('message', (bytes) => inbox.put(bytes));
  socket.bind(ownPort, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return {
    port: socket.address().port,
    send: (message) => socket.send(message, remotePort, '127.0.0.1'),
    next: (condition = () => true, withinMs = PATIENCE_MS) => inbox.next(condition, withinMs),
    during: (ms) => inbox.during(ms),
  };
}

export async function openTcpPeer(
  remotePort: number,
): Promise<RawPeer & { readonly closed: Promise<unknown>; end(): void; readonly pongs: () => number }> {
  const socket = createConnection({ host: '127.0.0.1', port: remotePort, noDelay: true });
  const inbox = new Inbox();
  let pongs = 0;
  const framing = new StreamFraming({ message: (bytes) => inbox.put(bytes), ping() {} });
  socket.on('data', (bytes) => {
    if (bytes.toString('latin1', 0, 2) === '\r\n') pongs++;
    framing.push(bytes);
  });
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  onTestFinished(() => void socket.destroy());
  return {
    port: socket.localPort ?? 0,
    closed,
    end: () => void socket.end(),
    pongs: () => pongs,
    send: (message) => socket.write(message),
    next: (condition = () => true, withinMs = PATIENCE_MS) => inbox.next(condition, withinMs),
    during: (ms) => inbox.during(ms),
  };
}

let counter = 0;

export interface RequestText {
  readonly method?: string;
  readonly uri?: string;
  readonly callId: string;
  readonly sequence?: number;
  readonly branch?: string;
  readonly via?: string;
  readonly fromTag?: string;
  readonly toTag?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly port: number;
  readonly transport?: string;
  /** A REGISTER may have none, or brings its own. */
  readonly withoutContact?: boolean;
}

/** A request as a phone would write it. */
export function requestText(options: RequestText): string {
  const { method = 'INVITE', sequence = 1, body = '', port, transport = 'UDP' } = options;
  const branch = options.branch ?? `z9hG4bK-raw-${++counter}`;
  const lines = [
    `${method} ${options.uri ?? 'sip:+12025550100@127.0.0.1'} SIP/2.0`,
    `Via: ${options.via ?? `SIP/2.0/${transport} 127.0.0.1:${port};rport`};branch=${branch}`,
    'Max-Forwards: 70',
    `From: <sip:raw@127.0.0.1>;tag=${options.fromTag ?? 'raw'}`,
    `To: <sip:+12025550100@127.0.0.1>${options.toTag ? `;tag=${options.toTag}` : ''}`,
    `Call-ID: ${options.callId}`,
    `CSeq: ${sequence} ${method}`,
    ...(options.withoutContact
      ? []
      : [`Contact: <sip:raw@127.0.0.1:${port}${transport === 'TCP' ? ';transport=tcp' : ''}>`]),
    ...(options.headers ?? []),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** An Authorization header that answers the challenge of a 401, computed apart from the code under test. */
export function authorizationFor(challenge: string, method: string, password = 'secret', username = 'trunk'): string {
  const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1];
  const realm = /realm="([^"]+)"/.exec(challenge)?.[1];
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const uri = 'sip:+12025550100@127.0.0.1';
  const ha1 = md5(`${username}:${realm}:${password}`);
  const response = md5(`${ha1}:${nonce}:00000001:abc:auth:${md5(`${method}:${uri}`)}`);
  return `Authorization: Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", qop=auth, nc=00000001, cnonce="abc", response="${response}", algorithm=MD5`;
}
