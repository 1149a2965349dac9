import {
  digitOfEvent,
  LONGEST_EVENT_SAMPLES,
  readEventCode,
  readEventDurationSamples,
  readEventEnd,
  TELEPHONE_EVENT_BYTES,
} from './telephone-event.ts';

/**
 * Ticks of 20 ms without an update after which a key whose end packets were all lost counts as released: three updates of the
 * 50 ms that RFC 4733 section 2.5.1.2 gives as the longest usual interval, rounded up.
 */
const RELEASED_AFTER_TICKS = 8;

/**
 * Turns telephone-event packets into key presses. An event is known by its RTP timestamp and ends with its end bit; the marker
 * bit is not looked at, since several carriers never set it, and any of an event's packets may be lost or come three times.
 */
export interface DigitReceiver {
  /** One telephone-event packet: payload from `from` to `to`, with the RTP timestamp of its header. */
  packet(packet: Buffer, from: number, to: number, timestamp: number): void;
  /** Units a second in the timestamps from now on: those of the sound (RFC 4733 2.1). 8000 at first. */
  agree(clockRateHz: number): void;
  /** Once every 20 ms, so that a key whose end was lost is still reported. */
  tick(): void;
  /** A new stream has begun: a key still down is reported, and old timestamps mean nothing any more. */
  reset(): void;
}

/** `onDigit` is called once for each key press, when it is over. */
export function createDigitReceiver(onDigit: (digit: string, durationMs: number) => void): DigitReceiver {
  let samplesPerMs = 8;
  let down = false;
  let event = 0;
  /** Samples of earlier segments of the same press. */
  let earlierSamples = 0;
  let durationSamples = 0;
  let ticksSinceUpdate = 0;
  /** Timestamp of the event that is down or was reported last; older ones are repeats. */
  let timestamp = 0;
  let anySeen = false;

  function report(): void {
    down = false;
    const digit = digitOfEvent(event);
    if (digit !== undefined) onDigit(digit, (earlierSamples + durationSamples) / samplesPerMs);
  }

  return {
    packet(packet, from, to, packetTimestamp) {
      if (to - from < TELEPHONE_EVENT_BYTES) return;
      const code = readEventCode(packet, from);
      const duration = readEventDurationSamples(packet, from);

      // Signed difference modulo 2^32: how far this event begins after the one we know.
      const later = (packetTimestamp - timestamp) | 0;
      if (!anySeen || later > 0) {
        const isNextSegment =
          down && code === event && durationSamples === LONGEST_EVENT_SAMPLES && later === LONGEST_EVENT_SAMPLES;
        if (isNextSegment) {
          earlierSamples += durationSamples;
        } else {
          if (down) report();
          earlierSamples = 0;
        }
        anySeen = true;
        down = true;
        event = code;
        timestamp = packetTimestamp;
        durationSamples = 0;
      } else if (later < 0 || !down || code !== event) {
        return;
      }

      // Packets of one event may overtake each other.
      durationSamples = Math.max(durationSamples, duration);
      ticksSinceUpdate = 0;
      if (readEventEnd(packet, from)) report();
    },

    agree(clockRateHz) {
      samplesPerMs = clockRateHz / 1000;
    },

    tick() {
      if (!down) return;
      ticksSinceUpdate += 1;
      if (ticksSinceUpdate >= RELEASED_AFTER_TICKS) report();
    },

    reset() {
      if (down) report();
      anySeen = false;
    },
  };
}
