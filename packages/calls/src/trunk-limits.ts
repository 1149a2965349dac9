export interface TrunkLimits {
  /** Null: as many as there is room for. */
  readonly maxCalls: number | null;
  readonly callsPerSecond: number | null;
}

/** Counts the calls of each trunk in this process against what the trunk allows. */
export interface TrunkGate {
  /** Takes a place for a call, or says in a sentence why there is none. Every place taken must be left again. */
  enter(trunkId: string, limits: TrunkLimits, nowMs: number): { readonly refused: string | undefined };
  leave(trunkId: string): void;
}

/** Bursts up to a second's worth pass: carriers hand calls over in bunches. */
const burstMs = 1000;

export function createTrunkGate(): TrunkGate {
  const live = new Map<string, number>();
  /** When a trunk that called at its steady rate would be allowed its next call (generic cell rate algorithm). */
  const nextDueMs = new Map<string, number>();

  return {
    enter(trunkId, { maxCalls, callsPerSecond }, nowMs) {
      const calls = live.get(trunkId) ?? 0;
      if (maxCalls !== null && calls >= maxCalls) {
        return { refused: `The trunk already has as many calls as it may have (${maxCalls}).` };
      }
      if (callsPerSecond !== null) {
        const spacingMs = 1000 / callsPerSecond;
        const dueMs = Math.max(nextDueMs.get(trunkId) ?? 0, nowMs);
        if (dueMs + spacingMs > nowMs + Math.max(burstMs, spacingMs)) {
          return { refused: `The trunk allows ${callsPerSecond} new calls a second and has had more.` };
        }
        nextDueMs.set(trunkId, dueMs + spacingMs);
      }
      live.set(trunkId, calls + 1);
      return { refused: undefined };
    },
    leave(trunkId) {
      const calls = live.get(trunkId) ?? 0;
      if (calls > 1) live.set(trunkId, calls - 1);
      else live.delete(trunkId);
    },
  };
}
