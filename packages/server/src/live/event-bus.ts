/** What was written belongs to these. */
export interface Change {
  readonly orgId: string;
  readonly sessionId: string;
  /** Undefined when it was written outside a call. */
  readonly callId?: string | undefined;
}

/** One organisation, one session or one call. */
export type Topic = `org:${string}` | `session:${string}` | `call:${string}`;

/**
 * Tells who follows something that more of it can be read from the store. It carries no events itself: what is told can be
 * read, nothing is lost when a listener is slow, and a notice is small enough for NOTIFY between several nodes.
 */
export interface EventBus {
  /** Called after the write is committed. */
  publish(change: Change): void;
  /** @returns what ends the subscription. */
  subscribe(topic: Topic, listener: () => void): () => void;
}

export interface LocalEventBus extends EventBus {
  /** For when notices may have been missed: everybody looks. */
  wakeAll(): void;
}

/** Within one process. */
export function createLocalEventBus(): LocalEventBus {
  const listeners = new Map<Topic, Set<() => void>>();
  const wake = (topic: Topic) => {
    for (const listener of listeners.get(topic) ?? []) listener();
  };
  return {
    publish({ orgId, sessionId, callId }) {
      wake(`org:${orgId}`);
      wake(`session:${sessionId}`);
      if (callId !== undefined) wake(`call:${callId}`);
    },
    wakeAll() {
      for (const topic of listeners.keys()) wake(topic);
    },
    subscribe(topic, listener) {
      const known = listeners.get(topic) ?? new Set();
      listeners.set(topic, known);
      known.add(listener);
      return () => {
        known.delete(listener);
        if (known.size === 0 && listeners.get(topic) === known) listeners.delete(topic);
      };
    },
  };
}
