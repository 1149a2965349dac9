import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { parseSdp, type SessionDescription } from '@dialplane/sip';
import { password } from './scene.ts';

/** A caller that leaves the offer to the other side (RFC 3264 5), over UDP, written apart from our own stack. */
export class LateCaller {
  readonly #socket: Socket;
  readonly #port: number;
  readonly #callId = `late-${Math.random().toString(36).slice(2)}`;
  #to = '<sip:+12025550100@127.0.0.1>';

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
  }

  static async open(port: number): Promise<LateCaller> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new LateCaller(socket, port);
  }

  /** The 200 to an INVITE without body. */
  async dial(): Promise<{ readonly body: string }> {
    this.#send('INVITE', 1);
    const challenge = await this.#next('401');
    this.#to = /^To: (.*)$/m.exec(challenge)?.[1]?.trim() ?? this.#to;
    this.#send('ACK', 1);
    this.#to = '<sip:+12025550100@127.0.0.1>';
    this.#send('INVITE', 2, [this.#authorization(challenge)]);
    const success = await this.#next('200');
    this.#to = /^To: (.*)$/m.exec(success)?.[1]?.trim() ?? this.#to;
    return { body: success.slice(success.indexOf('\r\n\r\n') + 4) };
  }

  acknowledge(answer: string | undefined): void {
    this.#send('ACK', 2, answer === undefined ? [] : ['Content-Type: application/sdp'], answer ?? '');
  }

  parse(body: string): SessionDescription {
    return parseSdp(body);
  }

  close(): void {
    this.#socket.close();
  }

  async #next(status: string): Promise<string> {
    for (;;) {
      const [bytes] = await once(this.#socket, 'message');
      const text = String(bytes);
      if (text.startsWith(`SIP/2.0 ${status}`)) return text;
    }
  }

  #send(method: string, sequence: number, headers: readonly string[] = [], body = ''): void {
    const { port } = this.#socket.address();
    const lines = [
      `${method} sip:+12025550100@127.0.0.1 SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK-${this.#callId}-${sequence}`,
      'Max-Forwards: 70',
      'From: <sip:+12025550199@127.0.0.1>;tag=late',
      `To: ${this.#to}`,
      `Call-ID: ${this.#callId}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:late@127.0.0.1:${port}>`,
      ...headers,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`, this.#port, '127.0.0.1');
  }

  #authorization(challenge: string): string {
    const value = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(challenge)?.[1] ?? '';
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const uri = 'sip:+12025550100@127.0.0.1';
    const [realm, nonce] = [value('realm'), value('nonce')];
    const ha1 = md5(`pbx:${realm}:${password}`);
    const response = md5(`${ha1}:${nonce}:00000001:abc:auth:${md5(`INVITE:${uri}`)}`);
    return `Authorization: Digest username="pbx", realm="${realm}", nonce="${nonce}", uri="${uri}", qop=auth, nc=00000001, cnonce="abc", response="${response}", algorithm=MD5`;
  }
}
