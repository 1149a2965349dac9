import { eventOfDigit, LONGEST_EVENT_SAMPLES, writeEvent } from './telephone-event.ts';

/** Durations grow by this much with each packet. */
const TICK_MS = 20;

/** RFC 4733 section 2.5.1.4: the end is sent three times, so that two losses in a row do not hide it. */
const END_PACKETS = 3;

/** Receivers need at least 40 ms of silence to tell two equal keys apart (ITU-T Q.24); 60 ms leaves a packet of margin. */
const GAP_TICKS = 3;

/** ITU-T Q.24: keys shorter than 40 ms may be taken for noise. */
const SHORTEST_DIGIT_MS = 40;

/** Turns key presses into telephone-event packets, one for each 20 ms tick. */
export interface DigitSender {
  /**
   * Puts a key (0-9 * # A-D) in the queue. False when there is no such key.
   * @param clockRateHz of the sound it stands among (RFC 4733 2.1).
   */
  press(digit: string, durationMs: number, clockRateHz: number): boolean;
  /** True while keys are being sent or wait in the queue. */
  readonly busy: boolean;
  /**
   * The packet of this tick: writes the event at `from` and returns true, or returns false when this tick is the audio's.
   * `timestamp` is what an audio packet of this tick would carry.
   */
  tick(packet: Buffer, from: number, timestamp: number): boolean;
  /** RTP timestamp of the packet just written: that of the first packet of its event. */
  readonly timestamp: number;
  /** Whether the packet just written is the first of its event, which carries the marker (section 2.5.1.1). */
  readonly first: boolean;
}

interface Press {
  readonly event: number;
  readonly totalSamples: number;
  readonly samplesPerTick: number;
}

export function createDigitSender(): DigitSender {
  const queue: Press[] = [];
  let current: Press | undefined;
  let durationSamples = 0;
  let endsSent = 0;
  let gapTicks = 0;
  let startTimestamp = 0;
  let first = false;

  return {
    press(digit, durationMs, clockRateHz) {
      const event = eventOfDigit(digit);
      if (event < 0) return false;
      const samplesPerMs = clockRateHz / 1000;
      const samples = Math.round(Math.max(durationMs, SHORTEST_DIGIT_MS) * samplesPerMs);
      const totalSamples = Math.min(samples, LONGEST_EVENT_SAMPLES);
      queue.push({ event, totalSamples, samplesPerTick: TICK_MS * samplesPerMs });
      return true;
    },

    get busy() {
      return current !== undefined || queue.length > 0;
    },

    tick(packet, from, timestamp) {
      first = false;
      if (current === undefined) {
        if (gapTicks > 0) {
          gapTicks -= 1;
          return false;
        }
        current = queue.shift();
        if (current === undefined) return false;
        startTimestamp = timestamp;
        durationSamples = 0;
        endsSent = 0;
        first = true;
      }
      durationSamples = Math.min(durationSamples + current.samplesPerTick, current.totalSamples);
      const over = durationSamples === current.totalSamples;
      writeEvent(packet, from, current.event, over, durationSamples);
      if (over) {
        endsSent += 1;
        if (endsSent === END_PACKETS) {
          current = undefined;
          gapTicks = GAP_TICKS;
        }
      }
      return true;
    },

    get timestamp() {
      return startTimestamp;
    },

    get first() {
      return first;
    },
  };
}
