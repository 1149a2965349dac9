import type { RemoteInfo, Socket } from 'node:dgram';
import { datagramKind } from './datagram-kind.ts';
import { createDigitReceiver } from './digit-receiver.ts';
import { IncomingStream } from './incoming-stream.ts';
import type { RtpLeg, RtpLegAgreement, RtpLegHandlers, RtpLegSnapshot } from './leg.ts';
import { LegControl } from './leg-control.ts';
import { LegEncryption } from './leg-encryption.ts';
import { createJitterEstimate, createLegStatistics } from './leg-statistics.ts';
import { createOutgoingStream } from './outgoing-stream.ts';
import { createRtpHeader, type RtpHeader, readRtpHeader } from './packet.ts';
import type { PooledSocket } from './port-pool.ts';
import type { FarEndQuality, SendingState } from './rtcp/rtcp-session.ts';
import { sharedNowMs } from './shared-clock.ts';
import { addressOnSocket, isSameAddress, isUnreachable, NOWHERE, plainAddress } from './socket-address.ts';
import { createSourceLatch, type MediaAddress, type SourceLatch } from './source-latch.ts';

/** 20 ms of G.711 or G.722. */
const PAYLOAD_BYTES = 160;

/** A leg on a UDP socket. */
export class UdpRtpLeg implements RtpLeg {
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
  #payloadType = -1;
  /** The one before: packets on their way when the codec changed are heard to the end. */
  #formerPayloadType = -1;
  #telephoneEventPayloadType = -1;
  #comfortNoisePayloadType = -1;
  #latch: SourceLatch | undefined;
  readonly #jitter = createJitterEstimate();
  readonly #digitReceiver = createDigitReceiver((digit, durationMs) => this.#handlers.onDigit(digit, durationMs));
  readonly #stream = new IncomingStream();
  readonly #control = new LegControl(this.stats);
  readonly #encryption = new LegEncryption();
  /** Undefined while RTCP shares the port of RTP, or its port could not be bound. */
  #controlSocket: Socket | undefined;
  /** Of sound sent, for the reports. */
  #octetsSent = 0;
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

  get farEnd(): FarEndQuality | undefined {
    return this.#control.farEnd;
  }

  get payload(): Buffer {
    return this.#outgoing.payload;
  }

  get sendingDigits(): boolean {
    return this.#outgoing.sendingDigits;
  }

  connect(agreement: RtpLegAgreement): void {
    const { payloadType, telephoneEventPayloadType } = agreement;
    // A name, or the other address family: nothing is sent until the far end is heard, and then to where that came from.
    const address = addressOnSocket(agreement.remote.address, this.#host) ?? NOWHERE;
    const remote = { address, port: agreement.remote.port };
    if (this.#latch) this.#latch.expect(remote);
    else this.#latch = createSourceLatch(remote);
    if (payloadType !== this.#payloadType) this.#formerPayloadType = this.#payloadType;
    this.#payloadType = payloadType;
    this.#telephoneEventPayloadType = telephoneEventPayloadType ?? -1;
    this.#comfortNoisePayloadType = agreement.comfortNoisePayloadType ?? -1;
    const { clockRateHz = 8000 } = agreement;
    this.#outgoing.agree(payloadType, telephoneEventPayloadType, clockRateHz);
    this.#digitReceiver.agree(clockRateHz);
    this.#jitter.agree(clockRateHz);
    this.#encryption.agree(agreement.srtp);
    this.#agreeControl(agreement, remote, clockRateHz);
  }

  #agreeControl({ remoteRtcp, rtcpMux = false }: RtpLegAgreement, rtp: MediaAddress, clockRateHz: number): void {
    const address = (remoteRtcp && addressOnSocket(remoteRtcp.address, this.#host)) ?? rtp.address;
    const rtcp = { address, port: remoteRtcp?.port ?? rtp.port + 1 };
    this.#control.agree(clockRateHz, rtcpMux, { rtp, rtcp });
    if (!rtcpMux && !this.#closed) void this.#pooled.openControl().then((socket) => this.#listenForControl(socket));
  }

  #listenForControl(socket: Socket | undefined): void {
    if (!socket || this.#closed || this.#controlSocket) return;
    this.#controlSocket = socket;
    socket.on('message', (packet, from) => this.#receiveControl(packet, from));
    // Phones without RTCP answer with ICMP "port unreachable".
    socket.on('error', () => undefined);
  }

  pressDigit(digit: string, durationMs: number): boolean {
    return this.#outgoing.pressDigit(digit, durationMs);
  }

  send(marker: boolean, payloadBytes = PAYLOAD_BYTES): void {
    const target = this.#reachableTarget();
    if (target) {
      this.#transmit(this.#outgoing.packet(marker, payloadBytes), target);
      this.#octetsSent += payloadBytes;
    }
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
    this.#pooled.socket.send(this.#encryption.seal(packet), target.port, target.address, this.#sent);
    this.stats.sent += 1;
  }

  #endTick(): void {
    this.#outgoing.endTick();
    if (this.#closed) return;
    this.#report();
    try {
      this.#digitReceiver.tick();
    } catch (error) {
      this.#handlers.onError(error);
    }
  }

  #report(): void {
    const target = this.#reachableTarget();
    const report = target && this.#control.tick(sharedNowMs(), this.#sending());
    if (report) this.#transmitControl(report, target);
  }

  #transmitControl(report: Buffer, rtp: MediaAddress): void {
    const socket = this.#control.isMuxed ? this.#pooled.socket : this.#controlSocket;
    const { address, port } = this.#control.target(rtp);
    if (port > 0 && port < 0x10000) socket?.send(this.#encryption.sealControl(report), port, address, () => undefined);
  }

  #sending(): SendingState {
    const { ssrc, timestamp } = this.#outgoing;
    return { ssrc, rtpTimestamp: timestamp, packets: this.stats.sent, octets: this.#octetsSent };
  }

  #receiveControl(packet: Buffer, from: RemoteInfo): void {
    // Only whoever we listen to reports to us; the port may be another one.
    if (this.#closed || from.address !== this.#latch?.target.address) return;
    const opened = this.#encryption.openControl(packet);
    if (typeof opened === 'string') this.stats.undecipherable += 1;
    else if (!this.#control.receive(opened, sharedNowMs(), this.#outgoing.ssrc, from)) this.stats.otherProtocol += 1;
  }

  #receive(sealed: Buffer, from: RemoteInfo): void {
    const latch = this.#latch;
    if (this.#closed || latch === undefined) return;
    const header = this.#incoming;
    const { stats } = this;
    const kind = datagramKind(sealed, sealed.length);
    if (kind === 'rtcp') {
      this.#receiveControl(sealed, from);
      return;
    }
    const packet = kind === 'rtp' ? this.#encryption.open(sealed) : 'malformed';
    if (typeof packet === 'string' || !readRtpHeader(packet, packet.length, header)) {
      if (kind === 'rtp' && this.#encryption.isOn) stats.undecipherable += 1;
      else stats.otherProtocol += 1;
      return;
    }
    const use = this.#useOf(header.payloadType);
    if (use === 'unexpected') {
      stats.unexpected += 1;
      // Part of the stream we hear: its sequence number is not missing.
      if (!isSameAddress(latch.target, from)) return;
    }
    const nowMs = sharedNowMs();
    const continues = this.#stream.continues(header);
    const verdict = latch.packet(from.address, from.port, nowMs, continues);
    if (verdict === 'refuse') {
      stats.foreign += 1;
      return;
    }
    stats.received += 1;
    if (stats.firstArrivalMs === 0) stats.firstArrivalMs = nowMs;
    stats.lastArrivalMs = nowMs;
    try {
      if (verdict === 'adopt' && !continues) this.#adopt();
      this.#take(packet, header, use, nowMs);
    } catch (error) {
      this.#handlers.onError(error);
    }
  }

  #useOf(payloadType: number): Use {
    if (payloadType === this.#payloadType) return 'sound';
    if (payloadType === this.#telephoneEventPayloadType) return 'event';
    if (payloadType === this.#comfortNoisePayloadType) return 'noise';
    return payloadType === this.#formerPayloadType ? 'sound' : 'unexpected';
  }

  /** Another source: nothing of the one before can be compared with it. */
  #adopt(): void {
    this.#stream.reset();
    this.#beginStream();
  }

  #beginStream(): void {
    this.#jitter.restart();
    this.#digitReceiver.reset();
    this.#handlers.onNewStream?.();
  }

  #take(packet: Buffer, header: RtpHeader, use: Use, nowMs: number): void {
    const { stats } = this;
    const isSound = use === 'sound';
    const place = this.#stream.note(header, isSound);
    stats.lost = this.#stream.lost;
    this.#control.heard(header.ssrc, header.sequence);
    if (place === 'duplicate') {
      stats.duplicate += 1;
      return;
    }
    if (place === 'new_stream') {
      stats.restarted += 1;
      this.#beginStream();
    }
    if (use === 'noise') stats.comfortNoise += 1;
    stats.inComfortNoise = use === 'noise';
    if (isSound) stats.jitterMs = this.#jitter.arrived(nowMs, header.timestamp);
    if (use === 'event') {
      this.#digitReceiver.packet(packet, header.payloadFrom, header.payloadTo, header.timestamp);
    } else if (use !== 'unexpected') this.#handlers.onSound(packet, header, nowMs);
  }

  snapshot(): RtpLegSnapshot {
    return {
      ...this.#outgoing.snapshot(),
      source: this.#latch?.snapshot() ?? null,
      encryption: this.#encryption.snapshot(),
    };
  }

  restore(snapshot: RtpLegSnapshot): void {
    this.#outgoing.restore(snapshot);
    this.#encryption.restore(snapshot.encryption);
    this.#payloadType = snapshot.payloadType;
    this.#digitReceiver.agree(snapshot.clockRateHz);
    this.#jitter.agree(snapshot.clockRateHz);
    this.#telephoneEventPayloadType = snapshot.telephoneEventPayloadType ?? -1;
    if (snapshot.source === null) return;
    this.#latch = createSourceLatch(snapshot.source.sdp);
    this.#latch.restore(snapshot.source);
  }

  close(): Promise<void> {
    const target = this.#reachableTarget();
    const goodbye = target && this.#control.goodbye(sharedNowMs(), this.#sending());
    if (goodbye && this.stats.sent + this.stats.received > 0) this.#transmitControl(goodbye, target);
    this.#closed = true;
    return this.#pooled.release();
  }
}

/** What a packet is, by its payload type. */
type Use = 'sound' | 'event' | 'noise' | 'unexpected';
