import type { TestServer } from './test-server.ts';

export interface ReceivedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A live stream as a client reads it from its socket. */
export interface OpenStream {
  readonly status: number;
  readonly headers: Headers;
  /** Events so far. */
  readonly events: readonly ReceivedEvent[];
  /** The last `id:` line, also of blocks without data. */
  readonly lastId: () => string;
  /** Resolves when an event of this kind has come, with the first of them. */
  event(kind: string): Promise<ReceivedEvent>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

export async function openStream(
  { port, acme }: TestServer,
  path: string,
  { lastEventId, key = acme.key }: { readonly lastEventId?: string; readonly key?: string } = {},
): Promise<OpenStream> {
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${key}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  const events: ReceivedEvent[] = [];
  let lastId = '';
  const take = (block: string) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    lastId = field('id') ?? lastId;
    const data = field('data');
    if (data !== undefined) events.push({ id: lastId, event: field('event') ?? 'message', data: JSON.parse(data) });
  };
  const read = async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      blocks.forEach(take);
    }
  };
  const ended = read().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  const found = (kind: string) => events.find(({ event }) => event === kind);
  return {
    status: response.status,
    headers: response.headers,
    events,
    lastId: () => lastId,
    ended,
    close: () => abort.abort(),
    event: async (kind) => {
      for (;;) {
        const event = found(kind);
        if (event) return event;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}
