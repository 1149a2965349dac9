/** What a simulated call found out; as it is written with `--json`. All times in milliseconds. */

export interface CallReport {
  /**
   * `complete`: every line got a reply. `no_reply`: the agent answered the call, but not every line. `not_answered`: the call
   * was not picked up.
   */
  readonly outcome: 'complete' | 'no_reply' | 'not_answered';
  readonly to: string;
  readonly from: string;
  readonly server: string;
  readonly transport: 'udp' | 'tcp';
  /** ISO 8601. */
  readonly startedAt: string;
  readonly sessionId: string | null;
  readonly setup: CallSetup;
  readonly greeting: { readonly text: string | null; readonly speechMs: number } | null;
  /** Lines the caller had to say; those that were begun are in `turns`. */
  readonly lines: number;
  readonly turns: readonly CallTurn[];
  /** Ear to ear over the turns with a reply; null when there is none. */
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number } | null;
  readonly packets: CallPackets;
  readonly ending: CallEnding;
}

/** From the INVITE on; null for what did not happen. */
export interface CallSetup {
  readonly inviteToRingingMs: number | null;
  readonly inviteToAnswerMs: number | null;
  readonly answerToFirstSpeechMs: number | null;
}

export interface CallTurn {
  readonly kind: 'say' | 'wav' | 'digits';
  /** The words said, the file played, or the keys pressed. */
  readonly said: string;
  readonly replied: boolean;
  /** From the API; null without it or without a reply. */
  readonly agentText: string | null;
  readonly agentSpeechMs: number;
  /**
   * Ear to ear, measured on RTP: last sample of the caller's speech sent to first sample of the agent's speech received.
   * Negative when the agent began before the caller had finished.
   */
  readonly latencyMs: number | null;
}

export interface CallPackets {
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  readonly duplicate: number;
  readonly jitterMs: number;
}

export interface CallEnding {
  /** `caller`: we hung up. `deadline`: we hung up since the call took too long. `server`: it refused the call. */
  readonly by: 'caller' | 'agent' | 'server' | 'deadline';
  /** SIP status of a refusal. */
  readonly status: number | null;
  /** What happened, and for a failure what to do next. */
  readonly sentence: string;
}

/** The value that `share` (0 to 1) of all stay within (nearest rank); null of none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
