import { expect } from 'vitest';
import { type Heard, openTcpPeer, openUdpPeer, type RawPeer } from '../support/raw-peer.ts';

export interface Said {
  readonly via?: readonly string[];
  readonly headers?: readonly string[];
  readonly body?: string;
  /** Default: one more than the last; ACK and CANCEL take that of the INVITE. */
  readonly sequence?: number;
  readonly branch?: string;
}

type Expected = Readonly<Record<string, string | RegExp>>;

/**
 * The other side of a call flow: says its messages, and insists on hearing ours one by one, with none in between. What
 * belongs to the dialog (Call-ID, tags, numbers) follows by itself.
 */
export class ScriptedPeer {
  readonly #peer: RawPeer;
  readonly #transport: 'UDP' | 'TCP';
  readonly callId: string;
  #sequence = 0;
  #inviteSequence = 0;
  #branches = 0;
  #inviteBranch = '';
  #local = '<sip:alice@127.0.0.1>;tag=alice';
  #remote = '<sip:bob@127.0.0.1>';
  #target = 'sip:bob@127.0.0.1';
  readonly #last = new Map<string, Heard>();

  private constructor(peer: RawPeer, transport: 'UDP' | 'TCP', callId: string) {
    this.#peer = peer;
    this.#transport = transport;
    this.callId = callId;
  }

  static async open(port: number, transport: 'UDP' | 'TCP' = 'UDP'): Promise<ScriptedPeer> {
    const peer = await (transport === 'UDP' ? openUdpPeer(port) : openTcpPeer(port));
    return new ScriptedPeer(peer, transport, `flow-${peer.port}`);
  }

  /** @param peer where our call goes. */
  static at(peer: RawPeer, transport: 'UDP' | 'TCP', callId: string): ScriptedPeer {
    return new ScriptedPeer(peer, transport, callId);
  }

  get address(): string {
    return `127.0.0.1:${this.#peer.port}`;
  }

  get via(): string {
    return `SIP/2.0/${this.#transport} ${this.address}`;
  }

  /** Sends a request of the dialog. */
  says(method: string, said: Said = {}): void {
    const belongsToInvite = method === 'ACK' || method === 'CANCEL';
    if (!belongsToInvite) this.#sequence = said.sequence ?? this.#sequence + 1;
    const sequence = belongsToInvite ? (said.sequence ?? this.#inviteSequence) : this.#sequence;
    const branch = said.branch ?? `z9hG4bK-flow-${this.#peer.port}-${++this.#branches}`;
    if (method === 'INVITE') {
      this.#inviteSequence = sequence;
      this.#inviteBranch = branch;
    }
    const transport = this.#transport === 'TCP' ? ';transport=tcp' : '';
    const { headers = [], body = '' } = said;
    const lines = [
      `${method} ${this.#target} SIP/2.0`,
      ...(said.via ?? [`${this.via};branch=${method === 'CANCEL' ? this.#inviteBranch : branch}`]).map(
        (via) => `Via: ${via}`,
      ),
      'Max-Forwards: 70',
      `From: ${this.#local}`,
      `To: ${this.#remote}`,
      `Call-ID: ${this.callId}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:alice@${this.address}${transport}>`,
      ...headers,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#peer.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  /** The ACK for a refusal shares the branch of its INVITE (RFC 3261 17.1.1.3). */
  acknowledgesRefusal(): void {
    this.says('ACK', { branch: this.#inviteBranch });
    this.#remote = this.#remote.split(';', 1)[0] ?? '';
  }

  /** The next message, which must be this request or the response of this status to that method. */
  async hears(what: string, expected: Expected = {}): Promise<Heard> {
    const heard = await this.#peer.next();
    const name = heard.status > 0 ? `${heard.status} ${heard.header('CSeq').split(' ')[1]}` : heard.method;
    expect(name).toBe(what);
    expect(heard.callId).toBe(this.callId);
    for (const [header, value] of Object.entries(expected)) {
      if (typeof value === 'string') expect(`${header}: ${all(heard, header)}`).toBe(`${header}: ${value}`);
      else expect(all(heard, header)).toMatch(value);
    }
    if (heard.status > 0) this.#learn(heard);
    else {
      this.#last.set(heard.method, heard);
      this.#remote = heard.header('From');
      if (heard.header('Contact') !== '') this.#target = addressIn(heard.header('Contact'));
    }
    return heard;
  }

  /** Answers the last request of that method. */
  answers(status: number, method: string, said: Pick<Said, 'headers' | 'body'> & { readonly tag?: string } = {}): void {
    const request = this.#last.get(method);
    if (!request) throw new Error(`no ${method} was heard`);
    const { headers = [], body = '', tag = 'bob' } = said;
    const to = request.header('To');
    const taggedTo = status === 100 || to.includes('tag=') ? to : `${to};tag=${tag}`;
    if (status !== 100) this.#local = taggedTo;
    const lines = [
      `SIP/2.0 ${status} x`,
      ...request.text.split('\r\n').filter((line) => /^(via|from|call-id|cseq):/i.test(line)),
      `To: ${taggedTo}`,
      ...(method === 'INVITE' && status > 100 && status < 300
        ? [`Contact: <sip:bob@${this.address}${this.#transport === 'TCP' ? ';transport=tcp' : ''}>`]
        : []),
      ...headers,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#peer.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  /** Nothing more comes, not even a retransmission, which over UDP would be here after half a second. */
  async hearsNothing(): Promise<void> {
    expect(await this.#peer.during(this.#transport === 'UDP' ? 600 : 100)).toEqual([]);
  }

  #learn(response: Heard): void {
    this.#remote = response.header('To');
    const contact = response.header('Contact');
    if (response.status < 300 && contact !== '') this.#target = addressIn(contact);
  }
}

function all(heard: Heard, header: string): string {
  return (heard.text.split('\r\n\r\n', 1)[0] ?? '')
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${header.toLowerCase()}:`))
    .map((line) => line.slice(header.length + 1).trim())
    .join(', ');
}

function addressIn(contact: string): string {
  return /<([^>]+)>/.exec(contact)?.[1] ?? contact;
}
