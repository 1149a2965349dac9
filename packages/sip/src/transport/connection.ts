import type { Socket } from 'node:net';
import type { Clock, RunningTimer } from '../clock.ts';
import type { Flow } from './flow.ts';
import { StreamFraming } from './stream-framing.ts';
import { plainAddress } from './udp.ts';

/** A message that is not complete after the life of a transaction (RFC 3261 64*T1) never will be. */
const INCOMPLETE_MESSAGE_MS = 32_000;

/** A peer that reads nothing while a megabyte waits for it is gone or hostile. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** Finds peers that vanished without a word before NAT tables forget them. */
const TCP_KEEPALIVE_MS = 60_000;

/** RFC 5626 4.4.1: a pong that has not come after 10 s means that the flow failed. */
const PONG_TIMEOUT_MS = 10_000;

/** A peer that reads nothing of our last messages must not keep us from ending. */
const UNREAD_MS = 2_000;

const PING = Buffer.from('\r\n\r\n');
const PONG = Buffer.from('\r\n');

export interface ConnectionOptions {
  readonly flow: Flow;
  readonly clock: Clock;
  /** Whether we made it; then keeping it alive is our business. */
  readonly isOutgoing: boolean;
  message(bytes: Buffer, flow: Flow): void;
  closed(connection: Connection): void;
  /** A pong did not come in time. */
  pingFailed(): void;
}

/** One stream to a peer, TCP or TLS: frames, keepalive, and who wants to know when it is gone. */
export class Connection {
  readonly flow: Flow;
  readonly localAddress: string;
  readonly localPort: number;
  readonly isOutgoing: boolean;
  /** When a message last went over it, either way. */
  lastMessageMs: number;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #framing: StreamFraming;
  readonly #watchers = new Set<() => void>();
  #patience: RunningTimer | undefined;
  #pong: RunningTimer | undefined;
  #unread: RunningTimer | undefined;
  #hasPinged = false;
  #answersPings = false;
  #isEnding = false;
  #isClosed = false;

  constructor(socket: Socket, options: ConnectionOptions) {
    const { flow, clock } = options;
    this.#socket = socket;
    this.#options = options;
    this.flow = flow;
    this.isOutgoing = options.isOutgoing;
    this.localAddress = plainAddress(socket.localAddress ?? '');
    this.localPort = socket.localPort ?? 0;
    this.lastMessageMs = clock.nowMs();
    this.#framing = new StreamFraming({
      message: (bytes) => {
        this.#endPatience();
        this.lastMessageMs = clock.nowMs();
        options.message(bytes, flow);
      },
      ping: () => this.#write(PONG, () => {}),
    });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, TCP_KEEPALIVE_MS);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
  }

  /** Whether a dialog or registration lives on it. */
  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Calls back once when the connection is gone; returns how to stop waiting for that. */
  watch(lost: () => void): () => void {
    // Of its own, so that the same function may wait twice.
    const watcher = () => lost();
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  send(bytes: Buffer, failed: () => void): void {
    if (!this.#socket.writable) {
      // A transaction must hear of it after its own call has returned.
      queueMicrotask(failed);
      return;
    }
    this.lastMessageMs = this.#options.clock.nowMs();
    this.#write(bytes, failed);
  }

  /**
   * Asks whether the peer is there (RFC 5626 3.5.1). One that has never answered a ping may not know them, and is left to
   * the keepalive of TCP.
   */
  ping(): void {
    if (this.#pong || !this.#socket.writable) return;
    this.#hasPinged = true;
    this.#write(PING, () => {});
    this.#pong = this.#options.clock.start(PONG_TIMEOUT_MS, () => {
      this.#pong = undefined;
      if (!this.#answersPings) return;
      this.#options.pingFailed();
      this.destroy();
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Whether `end` was called. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** Closes after what was written last, such as the answer to a BYE, has gone out. */
  end(): void {
    this.#isEnding = true;
    if (this.#isClosed) return;
    this.#unread ??= this.#options.clock.start(UNREAD_MS, () => this.destroy());
    this.#socket.destroySoon();
  }

  #receive(chunk: Buffer): void {
    // Whatever comes shows that the peer is there, but only a line end is known to answer a ping, however late.
    if (this.#hasPinged && chunk[0] === PONG[0]) this.#answersPings = true;
    this.#pong?.cancel();
    this.#pong = undefined;
    try {
      this.#framing.push(chunk);
    } catch {
      // Nothing after a broken frame can be trusted.
      this.destroy();
      return;
    }
    if (this.#framing.pendingBytes === 0 || this.#socket.destroyed) this.#endPatience();
    // From the first byte of a message, however many pieces it comes in.
    else this.#patience ??= this.#options.clock.start(INCOMPLETE_MESSAGE_MS, () => this.destroy());
  }

  #endPatience(): void {
    this.#patience?.cancel();
    this.#patience = undefined;
  }

  #write(bytes: Buffer, failed: () => void): void {
    this.#socket.write(bytes, (error) => {
      if (error) failed();
    });
    if (this.#socket.writableLength > MAX_UNSENT_BYTES) this.destroy();
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#endPatience();
    this.#unread?.cancel();
    this.#pong?.cancel();
    this.#options.closed(this);
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const lost of watchers) lost();
  }
}
