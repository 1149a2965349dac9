/**
 * Where a call's sound is tapped for its recording: after the jitter buffer and before the encoder, so that the recording
 * has what was heard and what left the socket. All sound is 8 kHz; the pieces are copied before the call returns.
 */
export interface RecordingTap {
  /** Begins a tick of 20 ms, before its `heard` and `sent`; `skipped` ticks before it were left out and are silence. */
  tick(skipped: number): void;
  /** The caller's sound of this tick. Without it the tick is silent. */
  heard(samples: Int16Array, count: number): void;
  /** What is sent to the caller in this tick. Without it the tick is silent. */
  sent(samples: Int16Array, count: number): void;
}
