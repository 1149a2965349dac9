import { middleBits, ntpTime, shortDuration, shortDurationMs } from './ntp-time.ts';
import { Reception } from './reception.ts';
import { type ReceptionReport, readRtcp, writeRtcp } from './rtcp-packet.ts';

/** RFC 3550 6.2: five seconds on average, the first report after half of that. */
const INTERVAL_MS = 5_000;
const FIRST_INTERVAL_MS = INTERVAL_MS / 2;

/** RFC 3550 6.3.1: between half and one and a half times as long, so that calls do not report in step. */
function spread(intervalMs: number): number {
  return intervalMs * (0.5 + Math.random());
}

/** What the far end told about how our sound reaches it. */
export interface FarEndQuality {
  /** 0 to 1, in its last interval. */
  readonly fractionLost: number;
  readonly cumulativeLost: number;
  readonly jitterMs: number;
  /** Undefined before it has answered a report of ours. */
  readonly roundTripMs: number | undefined;
}

/** Our own stream as it is when a report is due. */
export interface SendingState {
  readonly ssrc: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
}

export interface RtcpSessionOptions {
  /** `name@host` that stays the same through the call (RFC 3550 6.5.1); random, so that it tells nothing (RFC 7022). */
  readonly cname: string;
  /** Units a second in RTP timestamps. */
  readonly clockRateHz: number;
}

/** The reports of one leg: makes ours and reads theirs. Sockets and clocks are its owner's. */
export class RtcpSession {
  readonly #cname: string;
  readonly #clockRateHz: number;
  readonly #reception = new Reception();
  #dueMs: number | undefined;
  #lastSenderReport = 0;
  #lastSenderReportMs = 0;
  #packetsReported = 0;
  /** What the far end reported last; undefined before. */
  farEnd: FarEndQuality | undefined;
  /** The far end said that its stream is over. */
  isByeReceived = false;

  constructor({ cname, clockRateHz }: RtcpSessionOptions) {
    this.#cname = cname;
    this.#clockRateHz = clockRateHz;
  }

  /** An RTP packet of the source that is listened to. */
  received(ssrc: number, sequence: number): void {
    this.#reception.packet(ssrc, sequence);
  }

  /**
   * Once every tick: the report that is due now, or undefined.
   * @param nowMs monotonic. @param wallTimeMs since 1970. @param jitterMs of what we receive.
   */
  tick(nowMs: number, wallTimeMs: number, sending: SendingState, jitterMs: number): Buffer | undefined {
    this.#dueMs ??= nowMs + spread(FIRST_INTERVAL_MS);
    if (nowMs < this.#dueMs) return undefined;
    this.#dueMs = nowMs + spread(INTERVAL_MS);
    return this.#write(nowMs, wallTimeMs, sending, jitterMs, false);
  }

  /** The last report, with a BYE. */
  goodbye(nowMs: number, wallTimeMs: number, sending: SendingState, jitterMs: number): Buffer {
    return this.#write(nowMs, wallTimeMs, sending, jitterMs, true);
  }

  /** A datagram of the far end. False when it is no RTCP. */
  receive(packet: Buffer, nowMs: number, wallTimeMs: number, ownSsrc: number): boolean {
    const report = readRtcp(packet, ownSsrc);
    if (!report) return false;
    const { sender, reception } = report;
    if (sender) {
      this.#lastSenderReport = middleBits({ seconds: sender.ntpSeconds, fraction: sender.ntpFraction });
      this.#lastSenderReportMs = nowMs;
    }
    if (reception) this.farEnd = this.#qualityFrom(reception, wallTimeMs);
    this.isByeReceived = report.isBye;
    return true;
  }

  #write(nowMs: number, wallTimeMs: number, sending: SendingState, jitterMs: number, isBye: boolean): Buffer {
    const { seconds, fraction } = ntpTime(wallTimeMs);
    // Who sent nothing since the last report is a receiver (RFC 3550 6.4).
    const isSender = sending.packets > this.#packetsReported;
    this.#packetsReported = sending.packets;
    const delay = this.#lastSenderReport === 0 ? 0 : shortDuration(nowMs - this.#lastSenderReportMs);
    const jitter = Math.round((jitterMs * this.#clockRateHz) / 1000);
    return writeRtcp({
      ssrc: sending.ssrc,
      ...(isSender ? { sender: { ntpSeconds: seconds, ntpFraction: fraction, ...sending } } : {}),
      reception: this.#reception.report(jitter, { senderReport: this.#lastSenderReport, delay }),
      cname: this.#cname,
      isBye,
    });
  }

  /** The round trip by RFC 3550 6.4.1: now, less when our report left, less how long it lay at the far end. */
  #qualityFrom(reception: ReceptionReport, wallTimeMs: number): FarEndQuality {
    const { lastSenderReport, delaySinceLastSenderReport, fractionLost, cumulativeLost } = reception;
    const units = middleBits(ntpTime(wallTimeMs)) - lastSenderReport - delaySinceLastSenderReport;
    return {
      fractionLost,
      cumulativeLost,
      jitterMs: (reception.jitter * 1000) / this.#clockRateHz,
      roundTripMs: lastSenderReport === 0 ? this.farEnd?.roundTripMs : Math.max(0, shortDurationMs(units)),
    };
  }
}
