import { SAMPLES_PER_MS } from './telephone-event.ts';

/** Plain numbers of one leg, updated in place; read them at any time. */
export interface RtpLegStatistics {
  /** Packets handed to the socket, sound and digits. */
  sent: number;
  /** Valid packets from the source that is listened to, dropped ones included. */
  received: number;
  /** Packets that were missing when their successors had to be played; some may have come late. */
  lost: number;
  /** Packets dropped because their successors had been played. */
  late: number;
  duplicate: number;
  /** Times the stream began anew: another source identifier or a large step in the sequence. */
  restarted: number;
  /** RTP packets from a source that is not listened to. */
  foreign: number;
  /** RTP packets with a payload type that was not agreed, comfort noise included. */
  unexpected: number;
  /** Datagrams that are no RTP: RTCP, STUN, DTLS, noise. */
  otherProtocol: number;
  /** Datagrams the socket could not send. */
  sendErrors: number;
  /** Interarrival jitter, RFC 3550 section 6.4.1 and appendix A.8. */
  jitterMs: number;
  /** On the shared clock (`performance.timeOrigin + performance.now()`); 0 while nothing came. */
  firstArrivalMs: number;
  lastArrivalMs: number;
}

export function createLegStatistics(): RtpLegStatistics {
  return {
    sent: 0,
    received: 0,
    lost: 0,
    late: 0,
    duplicate: 0,
    restarted: 0,
    foreign: 0,
    unexpected: 0,
    otherProtocol: 0,
    sendErrors: 0,
    jitterMs: 0,
    firstArrivalMs: 0,
    lastArrivalMs: 0,
  };
}

/** RFC 3550 appendix A.8: the estimate moves by a sixteenth of each new difference, a gain that halves noise. */
const JITTER_GAIN = 1 / 16;

/** Interarrival jitter of one stream of sound. Telephone events are left out: their timestamps stand still. */
export interface JitterEstimate {
  /** A packet of sound arrived. Returns the new estimate in milliseconds. */
  arrived(nowMs: number, timestamp: number): number;
  /** The next packet belongs to another stream: it has nothing to be compared with. */
  restart(): void;
}

export function createJitterEstimate(): JitterEstimate {
  let jitterMs = 0;
  let lastMs = 0;
  let lastTimestamp = 0;
  let comparable = false;

  return {
    arrived(nowMs, timestamp) {
      if (comparable) {
        // Modulo 2^32, signed: timestamps wrap and packets overtake each other.
        const sentApartMs = ((timestamp - lastTimestamp) | 0) / SAMPLES_PER_MS;
        const transitChangeMs = Math.abs(nowMs - lastMs - sentApartMs);
        jitterMs += (transitChangeMs - jitterMs) * JITTER_GAIN;
      }
      comparable = true;
      lastMs = nowMs;
      lastTimestamp = timestamp;
      return jitterMs;
    },

    restart() {
      comparable = false;
    },
  };
}
