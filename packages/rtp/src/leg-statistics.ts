/** Plain numbers of one leg, updated in place; read them at any time. */
export interface RtpLegStatistics {
  /** Packets handed to the socket, sound and digits. */
  sent: number;
  /** Valid packets from the source that is listened to, dropped ones included. */
  received: number;
  /** Packets of the stream that never came, or are overtaken by others just now. */
  lost: number;
  duplicate: number;
  /** Packets of comfort noise: the far end is silent on purpose (RFC 3389). */
  comfortNoise: number;
  /** RTCP packets from the far end. */
  controlReceived: number;
  /** Times the stream began anew: another source identifier or a large step in the sequence. */
  restarted: number;
  /** RTP packets from a source that is not listened to. */
  foreign: number;
  /** RTP packets with a payload type that was not agreed. */
  unexpected: number;
  /** Datagrams that are neither: STUN, DTLS, noise. */
  otherProtocol: number;
  /** Packets that could not be decrypted or were repeated: wrong keys, none, or somebody else's. */
  undecipherable: number;
  /** Datagrams the socket could not send. */
  sendErrors: number;
  /** Interarrival jitter, RFC 3550 section 6.4.1 and appendix A.8. */
  jitterMs: number;
  /** On the shared clock (`performance.timeOrigin + performance.now()`); 0 while nothing came. */
  firstArrivalMs: number;
  lastArrivalMs: number;
  lastControlMs: number;
  /** The last packet says that comfort noise stands for what follows (RFC 3389): until the next one, silence is legal. */
  inComfortNoise: boolean;
}

export function createLegStatistics(): RtpLegStatistics {
  return {
    sent: 0,
    received: 0,
    lost: 0,
    duplicate: 0,
    comfortNoise: 0,
    controlReceived: 0,
    restarted: 0,
    foreign: 0,
    unexpected: 0,
    otherProtocol: 0,
    undecipherable: 0,
    sendErrors: 0,
    jitterMs: 0,
    firstArrivalMs: 0,
    lastArrivalMs: 0,
    lastControlMs: 0,
    inComfortNoise: false,
  };
}

/** RFC 3550 appendix A.8: the estimate moves by a sixteenth of each new difference, a gain that halves noise. */
const JITTER_GAIN = 1 / 16;

/** Interarrival jitter of one stream of sound. Telephone events are left out: their timestamps stand still. */
export interface JitterEstimate {
  /** Units a second in the timestamps from now on; 8000 at first. */
  agree(clockRateHz: number): void;
  /** A packet of sound arrived. Returns the new estimate in milliseconds. */
  arrived(nowMs: number, timestamp: number): number;
  /** The next packet belongs to another stream: it has nothing to be compared with. */
  restart(): void;
}

export function createJitterEstimate(): JitterEstimate {
  let samplesPerMs = 8;
  let jitterMs = 0;
  let lastMs = 0;
  let lastTimestamp = 0;
  let comparable = false;

  return {
    agree(clockRateHz) {
      samplesPerMs = clockRateHz / 1000;
      comparable = false;
    },

    arrived(nowMs, timestamp) {
      if (comparable) {
        // Modulo 2^32, signed: timestamps wrap and packets overtake each other.
        const sentApartMs = ((timestamp - lastTimestamp) | 0) / samplesPerMs;
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
