import type { RemoteInfo } from 'node:dgram';
import { datagramKind } from './datagram-kind.ts';
import { createDigitReceiver } from './digit-receiver.ts';
import { createJitterEstimate, createLegStatistics, type RtpLegStatistics } from './leg-statistics.ts';
import { createOutgoingStream, type OutgoingStreamSnapshot } from './outgoing-stream.ts';
import { createRtpHeader, type RtpHeader, readRtpHeader } from './packet.ts';
import type { PooledSocket, PortPool } from './port-pool.ts';
import { createReceiveOrder } from './receive-order.ts';
import { RtpError } from './rtp-error.ts';
import { sharedNowMs } from './shared-clock.ts';
import { addressOnSocket, plainAddress } from './socket-address.ts';
import { createSourceLatch, type MediaAddress, type SourceLatch, type SourceLatchSnapshot } from './source-latch.ts';

/** What a leg calls, one after the other: when a packet arrives, or at the end of its own `send` or `skip`. */
export interface RtpLegHandlers {
  /**
   * The payload of one packet of sound, bytes `from` to `to` of `packet`; valid during the call only. `lost` packets are
   * missing right before it.
   */
  onPayload(packet: Buffer, from: number, to: number, lost: number): void;
  /** A key (0-9 * # A-D) was pressed and released. */
  onDigit(digit: string, durationMs: number): void;
  /** A handler threw, or the socket failed. The leg goes on. */
  onError(error: unknown): void;
}

/** What offer and answer agreed about the media. */
export interface RtpLegAgreement {
  /** Where the far end says it listens. Port 0 or an unspecified address (hold of RFC 2543) sends nothing. */
  readonly remote: MediaAddress;
  readonly payloadType: number;
  /** Undefined when digits were not agreed. */
  readonly telephoneEventPayloadType?: number | undefined;
}

/** State of a leg that outlives its process. */
export interface RtpLegSnapshot extends OutgoingStreamSnapshot {
  readonly source: SourceLatchSnapshot | null;
}

/**
 * One leg of a call: a UDP port that sends one packet every 20 ms and hears one source. Call exactly one of `send` and `skip`
 * for each tick of the media clock: they also drive what has to happen in time on the receiving side.
 */
export interface RtpLeg {
  readonly localPort: number;
  readonly stats: RtpLegStatistics;
  /** Takes over what offer and answer agreed, at the start and again after each later one; latching begins anew. */
  connect(agreement: RtpLegAgreement): void;
  /** The 160 bytes of sound of the next packet, to be filled before `send`. Another region after each `send`. */
  readonly payload: Buffer;
  /**
   * Sends the packet of this tick: a digit while one is being sent, else `payload`. The marker bit says that a talk-spurt
   * begins; it is also set on the first packet and after skipped ones (RFC 3551 section 4.1).
   */
  send(marker: boolean): void;
  /** Sends no sound in this tick (a digit is sent nevertheless); the timestamp goes on. */
  skip(): void;
  /** Presses a key (0-9 * # A-D) after those that wait. False when there is none such or digits were not agreed. */
  pressDigit(digit: string, durationMs: number): boolean;
  /** True while digits are being sent. */
  readonly sendingDigits: boolean;
  /** Where packets go now: the source heard, or the address of the SDP. Undefined before `connect`. */
  readonly target: MediaAddress | undefined;
  snapshot(): RtpLegSnapshot;
  restore(snapshot: RtpLegSnapshot): void;
  /** Frees the port. Nothing is sent or heard from here on. */
  close(): Promise<void>;
}

export interface RtpLegOptions {
  readonly pool: PortPool;
  /** What was agreed, when it is known already; else `connect` later. */
  readonly agreement?: RtpLegAgreement;
  readonly handlers: RtpLegHandlers;
}

/** Binds a port and opens a leg on it. Throws what `pool.open` throws. */
export async function openRtpLeg(options: RtpLegOptions): Promise<RtpLeg> {
  const socket = await options.pool.open();
  try {
    const leg = new UdpRtpLeg(socket, options.pool.host, options.handlers);
    if (options.agreement) leg.connect(options.agreement);
    return leg;
  } catch (error) {
    await socket.release();
    throw error;
  }
}

class UdpRtpLeg implements RtpLeg {
  readonly stats = createLegStatistics();
  readonly #pooled: PooledSocket;
  readonly #host: string;
  readonly #handlers: RtpLegHandlers;

  readonly #outgoing = createOutgoingStream();
  /** One function for all packets: without it the socket swallows errors such as a missing route. */
  readonly #sent = (error: Error | null): void => {
    if (error) this.stats.sendErrors += 1;
  };

  readonly #incoming = createRtpHeader();
  #payloadType = 0;
  #telephoneEventPayloadType = -1;
  #latch: SourceLatch | undefined;
  readonly #jitter = createJitterEstimate();
  readonly #digitReceiver = createDigitReceiver((digit, durationMs) => this.#handlers.onDigit(digit, durationMs));
  readonly #order = createReceiveOrder({
    packet: (packet, header, lost) => this.#play(packet, header, lost),
    late: () => {
      this.stats.late += 1;
    },
    duplicate: () => {
      this.stats.duplicate += 1;
    },
    newStream: () => {
      this.stats.restarted += 1;
      this.#jitter.restart();
      this.#digitReceiver.reset();
    },
  });
  #closed = false;

  constructor(pooled: PooledSocket, host: string, handlers: RtpLegHandlers) {
    this.#pooled = pooled;
    this.#host = host;
    this.#handlers = handlers;
    pooled.socket.on('message', (packet, from) => this.#receive(packet, from));
    // Without a listener an ICMP "port unreachable" or a full network card would end the process.
    pooled.socket.on('error', (error) => {
      this.stats.sendErrors += 1;
      this.#handlers.onError(error);
    });
  }

  get localPort(): number {
    return this.#pooled.port;
  }

  get target(): MediaAddress | undefined {
    const target = this.#latch?.target;
    return target && { address: plainAddress(target.address), port: target.port };
  }

  get payload(): Buffer {
    return this.#outgoing.payload;
  }

  get sendingDigits(): boolean {
    return this.#outgoing.sendingDigits;
  }

  connect(agreement: RtpLegAgreement): void {
    const { payloadType, telephoneEventPayloadType } = agreement;
    const address = addressOnSocket(agreement.remote.address, this.#host);
    if (address === undefined) {
      throw new RtpError(
        'rtp_remote_address_unusable',
        'theirs',
        `The far end's SDP names the media address "${agreement.remote.address}", which a socket on ${this.#host} cannot reach. ` +
          'Let it announce a literal address of the family this server listens on, or listen on :: for both.',
      );
    }
    const remote = { address, port: agreement.remote.port };
    if (this.#latch) this.#latch.expect(remote);
    else this.#latch = createSourceLatch(remote);
    this.#payloadType = payloadType;
    this.#telephoneEventPayloadType = telephoneEventPayloadType ?? -1;
    this.#outgoing.agree(payloadType, telephoneEventPayloadType);
  }

  pressDigit(digit: string, durationMs: number): boolean {
    return this.#outgoing.pressDigit(digit, durationMs);
  }

  send(marker: boolean): void {
    const target = this.#reachableTarget();
    if (target) this.#transmit(this.#outgoing.packet(marker), target);
    this.#endTick();
  }

  skip(): void {
    const target = this.#reachableTarget();
    const packet = target && this.#outgoing.packetWithoutSound();
    if (packet) this.#transmit(packet, target);
    this.#endTick();
  }

  #reachableTarget(): MediaAddress | undefined {
    const target = this.#latch?.target;
    return this.#closed || target === undefined || isUnreachable(target) ? undefined : target;
  }

  #transmit(packet: Buffer, target: MediaAddress): void {
    this.#pooled.socket.send(packet, target.port, target.address, this.#sent);
    this.stats.sent += 1;
  }

  #endTick(): void {
    this.#outgoing.endTick();
    if (this.#closed) return;
    try {
      this.#order.tick();
      this.#digitReceiver.tick();
    } catch (error) {
      this.#handlers.onError(error);
    }
  }

  #receive(packet: Buffer, from: RemoteInfo): void {
    const latch = this.#latch;
    if (this.#closed || latch === undefined) return;
    const header = this.#incoming;
    const { stats } = this;
    if (datagramKind(packet, packet.length) !== 'rtp' || !readRtpHeader(packet, packet.length, header)) {
      stats.otherProtocol += 1;
      return;
    }
    const isSound = header.payloadType === this.#payloadType;
    if (!isSound && header.payloadType !== this.#telephoneEventPayloadType) {
      stats.unexpected += 1;
      // Part of the stream we hear: its sequence number is not missing.
      if (!isSameAddress(latch.target, from)) return;
    }
    const nowMs = sharedNowMs();
    const verdict = latch.packet(from.address, from.port, nowMs);
    if (verdict === 'refuse') {
      stats.foreign += 1;
      return;
    }
    stats.received += 1;
    if (stats.firstArrivalMs === 0) stats.firstArrivalMs = nowMs;
    stats.lastArrivalMs = nowMs;
    try {
      if (verdict === 'adopt') this.#forgetStream();
      this.#order.push(packet, header);
    } catch (error) {
      this.#handlers.onError(error);
    }
    // After `push`, which has noticed by now when this packet belongs to another stream than the last.
    if (isSound) stats.jitterMs = this.#jitter.arrived(nowMs, header.timestamp);
  }

  #forgetStream(): void {
    this.#order.reset();
    this.#jitter.restart();
    this.#digitReceiver.reset();
  }

  #play(packet: Buffer, header: RtpHeader, lost: number): void {
    this.stats.lost += lost;
    if (header.payloadType === this.#payloadType) {
      this.#handlers.onPayload(packet, header.payloadFrom, header.payloadTo, lost);
    } else if (header.payloadType === this.#telephoneEventPayloadType) {
      this.#digitReceiver.packet(packet, header.payloadFrom, header.payloadTo, header.timestamp);
    }
  }

  snapshot(): RtpLegSnapshot {
    return { ...this.#outgoing.snapshot(), source: this.#latch?.snapshot() ?? null };
  }

  restore(snapshot: RtpLegSnapshot): void {
    this.#outgoing.restore(snapshot);
    this.#payloadType = snapshot.payloadType;
    this.#telephoneEventPayloadType = snapshot.telephoneEventPayloadType ?? -1;
    if (snapshot.source === null) return;
    this.#latch = createSourceLatch(snapshot.source.sdp);
    this.#latch.restore(snapshot.source);
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#pooled.release();
  }
}

function isSameAddress(address: MediaAddress, from: RemoteInfo): boolean {
  return address.port === from.port && address.address === from.address;
}

/** RFC 3264 section 8.4: an address of all zeros asks to send nothing; on Linux such packets would reach ourselves. */
function isUnreachable(target: MediaAddress): boolean {
  return (
    target.port === 0 || target.address === '::' || target.address === '0.0.0.0' || target.address === '::ffff:0.0.0.0'
  );
}
