import { randomBytes } from 'node:crypto';
import type { RtpLegStatistics } from './leg-statistics.ts';
import { type FarEndQuality, RtcpSession, type SendingState } from './rtcp/rtcp-session.ts';
import type { MediaAddress } from './source-latch.ts';

/** The RTCP of one leg: when to report, where to, and what the far end reports. Sockets and encryption are the leg's. */
export class LegControl {
  readonly #stats: RtpLegStatistics;
  /** Random, so that it tells nothing and differs from call to call (RFC 7022 4.2). */
  readonly #cname = randomBytes(12).toString('base64');
  #session: RtcpSession | undefined;
  #clockRateHz = 0;
  #isMuxed = false;
  #sdpRtp: MediaAddress | undefined;
  #sdpControl: MediaAddress | undefined;
  /** Where the far end's reports come from: behind a NAT the only address that leads back. */
  #heardFrom: MediaAddress | undefined;

  constructor(stats: RtpLegStatistics) {
    this.#stats = stats;
  }

  /** @param sdp both addresses as they are on the socket. */
  agree(clockRateHz: number, isMuxed: boolean, sdp: { readonly rtp: MediaAddress; readonly rtcp: MediaAddress }): void {
    if (this.#clockRateHz !== clockRateHz) this.#session = new RtcpSession({ cname: this.#cname, clockRateHz });
    this.#clockRateHz = clockRateHz;
    this.#isMuxed = isMuxed;
    this.#sdpRtp = sdp.rtp;
    this.#sdpControl = sdp.rtcp;
    this.#heardFrom = undefined;
  }

  /** RTP and RTCP share a port (RFC 5761). */
  get isMuxed(): boolean {
    return this.#isMuxed;
  }

  get farEnd(): FarEndQuality | undefined {
    return this.#session?.farEnd;
  }

  /** Where reports go when sound goes to `rtp`. */
  target(rtp: MediaAddress): MediaAddress {
    if (this.#isMuxed) return rtp;
    if (this.#heardFrom?.address === rtp.address) return this.#heardFrom;
    const isAsSaid = rtp.address === this.#sdpRtp?.address && rtp.port === this.#sdpRtp.port;
    if (isAsSaid && this.#sdpControl) return this.#sdpControl;
    // RFC 3550 11: the next port, also of an address that was found out.
    return { address: rtp.address, port: rtp.port + 1 };
  }

  /** A packet of the stream that is listened to. */
  heard(ssrc: number, sequence: number): void {
    this.#session?.received(ssrc, sequence);
  }

  /** The report that is due in this tick, or undefined. */
  tick(nowMs: number, sending: SendingState): Buffer | undefined {
    return this.#session?.tick(nowMs, Date.now(), sending, this.#stats.jitterMs);
  }

  goodbye(nowMs: number, sending: SendingState): Buffer | undefined {
    return this.#session?.goodbye(nowMs, Date.now(), sending, this.#stats.jitterMs);
  }

  /** A readable packet of the far end. False when it is no RTCP. */
  receive(packet: Buffer, nowMs: number, ownSsrc: number, from: MediaAddress): boolean {
    if (!this.#session?.receive(packet, nowMs, Date.now(), ownSsrc)) return false;
    this.#heardFrom = { address: from.address, port: from.port };
    this.#stats.controlReceived += 1;
    this.#stats.lastControlMs = nowMs;
    return true;
  }
}
