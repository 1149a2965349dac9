import type { LegEncryptionSnapshot, SrtpKeys } from './leg-encryption.ts';
import type { RtpLegStatistics } from './leg-statistics.ts';
import type { OutgoingStreamSnapshot } from './outgoing-stream.ts';
import type { RtpHeader } from './packet.ts';
import type { PortPool } from './port-pool.ts';
import type { FarEndQuality } from './rtcp/rtcp-session.ts';
import type { MediaAddress, SourceLatchSnapshot } from './source-latch.ts';
import { UdpRtpLeg } from './udp-leg.ts';

/** What a leg calls, one after the other: when a packet arrives, or at the end of its own `send` or `skip`. */
export interface RtpLegHandlers {
  /**
   * A packet of sound or comfort noise, as it arrives: each once, in no order, of a payload type that is agreed or was agreed
   * before. The packet may be kept; the header is valid during the call only. `arrivedMs` is on the shared clock.
   */
  onSound(packet: Buffer, header: RtpHeader, arrivedMs: number): void;
  /** The next packet begins another stream: its numbers and times cannot be compared with earlier ones. */
  onNewStream?(): void;
  /** A key (0-9 * # A-D) was pressed and released. */
  onDigit(digit: string, durationMs: number): void;
  /** A handler threw, or the socket failed. The leg goes on. */
  onError(error: unknown): void;
}

/** What offer and answer agreed about the media. */
export interface RtpLegAgreement {
  /**
   * Where the far end says it listens. Port 0 or an unspecified address (hold of RFC 2543) sends nothing; a name or an
   * address of the other family sends nothing until the far end is heard.
   */
  readonly remote: MediaAddress;
  readonly payloadType: number;
  /** Units a second in RTP timestamps; 8000 when not given. */
  readonly clockRateHz?: number | undefined;
  /** Undefined when digits were not agreed. */
  readonly telephoneEventPayloadType?: number | undefined;
  readonly comfortNoisePayloadType?: number | undefined;
  /** Where RTCP goes without `rtcpMux`; the next port when not given. */
  readonly remoteRtcp?: MediaAddress | undefined;
  /** RTP and RTCP share the port, both ways (RFC 5761). */
  readonly rtcpMux?: boolean;
  /** Undefined: nothing is encrypted, and nothing encrypted is understood. */
  readonly srtp?: SrtpKeys | undefined;
}

/** State of a leg that outlives its process. */
export interface RtpLegSnapshot extends OutgoingStreamSnapshot {
  readonly source: SourceLatchSnapshot | null;
  readonly encryption: LegEncryptionSnapshot | null;
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
  /** Room for the sound of the next packet, to be filled before `send`. Another region after each `send`. */
  readonly payload: Buffer;
  /**
   * Sends the packet of this tick: a digit while one is being sent, else `payload`. The marker bit says that a talk-spurt
   * begins; it is also set on the first packet and after skipped ones (RFC 3551 section 4.1). 160 bytes, 20 ms of G.711 or
   * G.722, unless said otherwise.
   */
  send(marker: boolean, payloadBytes?: number): void;
  /** Sends no sound in this tick (a digit is sent nevertheless); the timestamp goes on. */
  skip(): void;
  /** Presses a key (0-9 * # A-D) after those that wait. False when there is none such or digits were not agreed. */
  pressDigit(digit: string, durationMs: number): boolean;
  /** True while digits are being sent. */
  readonly sendingDigits: boolean;
  /** What the far end's RTCP says about our sound; undefined before it has said anything. */
  readonly farEnd: FarEndQuality | undefined;
  /** Where packets go now: the source heard, or the address of the SDP. Undefined before `connect`. */
  readonly target: MediaAddress | undefined;
  snapshot(): RtpLegSnapshot;
  restore(snapshot: RtpLegSnapshot): void;
  /** Says goodbye in RTCP and frees the port. Nothing is sent or heard from here on. */
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
