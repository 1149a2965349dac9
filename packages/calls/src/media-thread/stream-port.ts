/** Request and streamed answer over a MessagePort: how a media thread uses engines that live elsewhere. */
import type { MessagePort } from 'node:worker_threads';

export type StreamCall = { readonly id: number; readonly method: string; readonly argument: unknown };
type ClientMessage = ({ readonly type: 'call' } & StreamCall) | { readonly type: 'abort'; readonly id: number };
type ServerMessage =
  | { readonly type: 'item'; readonly id: number; readonly item: unknown }
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'error'; readonly id: number; readonly error: Error };

/** Answers one method with a stream; the signal aborts when the caller loses interest. */
export type StreamMethod = (argument: never, signal: AbortSignal) => AsyncIterable<unknown>;

/** Serves `methods` on the port until it closes. Errors of a method reach its caller and nobody else. */
export function serveStreams(port: MessagePort, methods: Readonly<Record<string, StreamMethod>>): void {
  const running = new Map<number, AbortController>();
  port.on('message', (message: ClientMessage) => {
    if (message.type === 'abort') running.get(message.id)?.abort();
    else void answer(message);
  });
  port.on('close', () => {
    for (const controller of running.values()) controller.abort();
  });

  async function answer({ id, method, argument }: StreamCall): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const serve = methods[method];
      if (!serve) throw new Error(`No engine serves "${method}".`);
      for await (const item of serve(argument as never, controller.signal)) {
        if (controller.signal.aborted) break;
        port.postMessage({ type: 'item', id, item } satisfies ServerMessage);
      }
      port.postMessage({ type: 'done', id } satisfies ServerMessage);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      port.postMessage({ type: 'error', id, error } satisfies ServerMessage);
    } finally {
      running.delete(id);
    }
  }
}

interface Pending {
  readonly items: unknown[];
  finished: boolean;
  error: Error | undefined;
  wake: () => void;
}

export interface StreamClient {
  /** Ends early, without error, when `signal` aborts. */
  stream(method: string, argument: unknown, signal: AbortSignal): AsyncIterable<unknown>;
}

export function createStreamClient(port: MessagePort): StreamClient {
  const pending = new Map<number, Pending>();
  let lastId = 0;

  port.on('message', (message: ServerMessage) => {
    const waiting = pending.get(message.id);
    if (!waiting) return;
    if (message.type === 'item') waiting.items.push(message.item);
    else {
      waiting.finished = true;
      if (message.type === 'error') waiting.error = message.error;
    }
    waiting.wake();
  });

  async function* stream(method: string, argument: unknown, signal: AbortSignal): AsyncGenerator<unknown> {
    if (signal.aborted) return;
    const id = ++lastId;
    const state: Pending = { items: [], finished: false, error: undefined, wake: () => {} };
    pending.set(id, state);
    const onAbort = () => {
      port.postMessage({ type: 'abort', id } satisfies ClientMessage);
      state.finished = true;
      state.items.length = 0;
      state.wake();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    port.postMessage({ type: 'call', id, method, argument } satisfies ClientMessage);
    try {
      for (;;) {
        while (state.items.length > 0) yield state.items.shift();
        if (state.error && !signal.aborted) throw state.error;
        if (state.finished) return;
        await new Promise<void>((resolve) => {
          state.wake = resolve;
        });
      }
    } finally {
      pending.delete(id);
      signal.removeEventListener('abort', onAbort);
      if (!state.finished) port.postMessage({ type: 'abort', id } satisfies ClientMessage);
    }
  }

  return { stream };
}
