import { peaksPerSecond } from '@dialplane/calls';

/** Loudness over time, 0 to 255 of full scale. */
export interface WaveformPeaks {
  /** What one peak stands for. */
  readonly peakMs: number;
  readonly caller: number[];
  readonly agent: number[];
}

/**
 * @param bytes as they are kept: caller and agent by turns.
 * @param points the most that are wanted of each.
 */
export function peaksOf(bytes: Uint8Array, points: number): WaveformPeaks {
  const count = Math.floor(bytes.length / 2);
  const together = Math.max(1, Math.ceil(count / points));
  const peaks: WaveformPeaks = { peakMs: (together * 1000) / peaksPerSecond, caller: [], agent: [] };
  for (let at = 0; at < count; at += together) {
    let caller = 0;
    let agent = 0;
    for (let i = at; i < Math.min(count, at + together); i++) {
      caller = Math.max(caller, bytes[2 * i] ?? 0);
      agent = Math.max(agent, bytes[2 * i + 1] ?? 0);
    }
    peaks.caller.push(caller);
    peaks.agent.push(agent);
  }
  return peaks;
}
