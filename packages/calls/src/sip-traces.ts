import { type MessageTrace, type SipEndpoint, withoutSecrets } from '@dialplane/sip';
import type { OpenedCall } from './directory.ts';
import { writePlace } from './refused-call.ts';

/** One SIP message of a call, without credentials. */
export interface TracedMessage {
  /** `performance.timeOrigin + performance.now()`. */
  readonly atMs: number;
  readonly direction: 'in' | 'out';
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** `address:port` of the other side. */
  readonly remote: string;
  /** The same of our end. */
  readonly local: string;
  readonly text: string;
}

export interface SipTracesOptions {
  /** Stores messages of a call in order; may reject, then they are lost. */
  readonly write: (call: OpenedCall, messages: readonly TracedMessage[]) => Promise<void>;
  /** Our end of a flow; never rejects. */
  readonly localPlace: SipEndpoint['localPlace'];
  readonly onLost: (error: unknown, lost: number) => void;
}

/** A challenge and its answer come within a second; calls of strangers are forgotten when others come. */
const mostStrangers = 500;
/** A call of hours is refreshed every few minutes; what floods a dialog need not be kept whole. */
const mostMessages = 500;
const batchMs = 250;
/** Answers to the last BYE come within a round trip, retransmitted ones within Timer J (RFC 3261 17.2.2) at the latest. */
const lingerMs = 3000;

/** Our end is asked for at once, while the connection is there, and waited for when the message is stored. */
interface WaitingMessage extends Omit<TracedMessage, 'local'> {
  readonly here: ReturnType<SipEndpoint['localPlace']>;
}

interface Ladder {
  waiting: WaitingMessage[];
  taken: number;
  /** Undefined as long as the call is a stranger's or is not stored yet. */
  stored: () => OpenedCall | undefined;
}

/** Collects the SIP messages of every call and has those of calls with a record stored, in batches. */
export class SipTraces {
  readonly #options: SipTracesOptions;
  /** By Call-ID, the one that came last at the end. */
  readonly #strangers = new Map<string, Ladder>();
  readonly #followed = new Map<string, Ladder>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: SipTracesOptions) {
    this.#options = options;
  }

  take(trace: MessageTrace): void {
    const text = trace.bytes.toString('utf8');
    const callId = callIdIn(text);
    if (callId === undefined) return;
    const ladder = this.#followed.get(callId) ?? this.#strangerOf(callId);
    if (ladder.taken >= mostMessages) return;
    ladder.taken += 1;
    const { remoteAddress, remotePort, transport } = trace.flow;
    ladder.waiting.push({
      atMs: trace.atMs,
      direction: trace.direction,
      transport,
      remote: writePlace(remoteAddress, remotePort),
      here: this.#options.localPlace(trace.flow),
      // PostgreSQL keeps no NUL.
      text: withoutSecrets(text.replaceAll('\0', '\ufffd')),
    });
    if (this.#followed.has(callId)) this.#schedule();
  }

  /**
   * From now on the messages of this call are kept for its record, which may be stored later.
   * @returns what to call when the call is over; its last messages may still come in.
   */
  follow(callId: string, stored: () => OpenedCall | undefined): () => void {
    const ladder = this.#strangerOf(callId);
    this.#strangers.delete(callId);
    ladder.stored = stored;
    this.#followed.set(callId, ladder);
    this.#schedule();
    return () => {
      const forget = setTimeout(() => {
        this.#flush();
        // A later call may have come with the same Call-ID.
        if (this.#followed.get(callId) === ladder) this.#followed.delete(callId);
      }, lingerMs);
      forget.unref();
    };
  }

  /** Stores what is left. */
  async close(): Promise<void> {
    this.#flush();
    await this.#writing;
  }

  #strangerOf(callId: string): Ladder {
    const ladder = this.#strangers.get(callId) ?? { waiting: [], taken: 0, stored: () => undefined };
    this.#strangers.delete(callId);
    this.#strangers.set(callId, ladder);
    const oldest = this.#strangers.keys().next();
    if (this.#strangers.size > mostStrangers && !oldest.done) this.#strangers.delete(oldest.value);
    return ladder;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), batchMs);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const ladder of this.#followed.values()) {
      const call = ladder.waiting.length > 0 ? ladder.stored() : undefined;
      // Not stored yet: they wait for a later message or for the end.
      if (!call) continue;
      const messages = ladder.waiting;
      ladder.waiting = [];
      this.#writing = this.#writing.then(() => this.#write(call, messages));
    }
  }

  async #write(call: OpenedCall, waiting: readonly WaitingMessage[]): Promise<void> {
    try {
      const messages = waiting.map(async ({ here, ...message }) => {
        const { address, port } = await here;
        return { ...message, local: writePlace(address, port) };
      });
      await this.#options.write(call, await Promise.all(messages));
    } catch (error) {
      this.#options.onLost(error, waiting.length);
    }
  }
}

/** Value of the Call-ID header of a message. */
export function callIdIn(text: string): string | undefined {
  return /^(?:call-id|i)[ \t]*:[ \t]*(\S+)/im.exec(text)?.[1];
}
