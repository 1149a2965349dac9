/** The agent's words as the product wrote them down, read through its public API while the call goes on. */

/** One request may take this long; the call does not wait for a slow server. */
const REQUEST_TIMEOUT_MS = 2000;

/** How often to look again while the words of a reply are not there yet: they are stored in batches, 200 ms at most behind.
 * More often would use up the 100 requests a minute that a key has. */
const POLL_MS = 300;

export interface HistoryAccess {
  /** Base address of the API, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly apiKey: string;
}

export interface SessionHistory {
  /** What the session held before this call is not shown. */
  skipEarlier(): Promise<void>;
  /** The agent's words that were written down since the last time; undefined when there are none within `patienceMs`. */
  newAgentWords(patienceMs: number): Promise<string | undefined>;
}

/** Answers nothing, rather than fail, where the API cannot be reached: the call matters, the words are an extra. */
export function openSessionHistory(access: HistoryAccess, sessionId: string): SessionHistory {
  const seen = new Set<string>();

  async function fetchNew(): Promise<string | undefined> {
    const words: string[] = [];
    for await (const { id, text } of agentItems(access, sessionId)) {
      if (seen.has(id)) continue;
      seen.add(id);
      words.push(text);
    }
    return words.length > 0 ? words.join(' ') : undefined;
  }

  const fetchQuietly = () => fetchNew().catch(() => undefined);

  return {
    async skipEarlier() {
      await fetchQuietly();
    },

    async newAgentWords(patienceMs) {
      const untilMs = performance.now() + patienceMs;
      for (;;) {
        const words = await fetchQuietly();
        if (words !== undefined || performance.now() + POLL_MS > untilMs) return words;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
  };
}

interface AgentItem {
  readonly id: string;
  readonly text: string;
}

async function* agentItems(access: HistoryAccess, sessionId: string): AsyncGenerator<AgentItem> {
  let cursor: string | null = null;
  do {
    const url = new URL(`/chat/sessions/${encodeURIComponent(sessionId)}/history`, access.url);
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${access.apiKey}` },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`GET ${url.pathname} answered ${response.status}`);
    const page: unknown = await response.json();
    for (const item of listOf(fieldOf(page, 'items'))) {
      const event = fieldOf(item, 'event');
      const id = fieldOf(item, 'id');
      const text = fieldOf(fieldOf(event, 'content'), 'text');
      if (fieldOf(fieldOf(event, 'sender'), 'type') !== 'ai') continue;
      if (typeof id === 'string' && typeof text === 'string') yield { id, text };
    }
    const next = fieldOf(page, 'next');
    cursor = typeof next === 'string' ? next : null;
  } while (cursor !== null);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
