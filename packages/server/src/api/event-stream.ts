/** Server-sent events (WHATWG HTML, section 9.2): live streams that a client resumes with `Last-Event-ID`. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Api } from './api.ts';

/** Proxies drop connections that are silent for a minute, some after half of one. */
const usualPingMs = 15_000;
/** How soon a browser connects again. */
const retryMs = 2000;

export interface StreamedEvent {
  /** What a client sends as `Last-Event-ID` to go on behind this event. */
  readonly id: number;
  readonly event: string;
  /** Becomes JSON. */
  readonly data: unknown;
  /** Nothing follows. */
  readonly last?: boolean;
}

export interface EventSource {
  /** Where the client stands already. */
  readonly from: number;
  /** Events behind a position, oldest first; none when there are none yet. */
  read(after: number): Promise<readonly StreamedEvent[]>;
  /** Calls `wake` whenever there may be more to read. Returns what ends that. */
  subscribe(wake: () => void): () => void;
}

/** Sent by a client that goes on with a stream it lost. Other headers pass. */
export const streamHeaders = z.looseObject({
  'last-event-id': z.coerce.number().int().min(-1).max(Number.MAX_SAFE_INTEGER).optional(),
});

export interface EventStreams {
  send(reply: FastifyReply, source: EventSource): FastifyReply;
}

/** Streams end when their client goes and when the server stops. */
export function eventStreams(api: Api, pingMs = usualPingMs): EventStreams {
  const stopping = new AbortController();
  api.addHook('preClose', async () => stopping.abort());
  return {
    send(reply, source) {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const stream = Readable.from(frames(source, pingMs, AbortSignal.any([stopping.signal, gone.signal])));
      return (
        reply
          .header('content-type', 'text/event-stream; charset=utf-8')
          .header('cache-control', 'no-store')
          // A connection that has carried a stream is not worth keeping.
          .header('connection', 'close')
          // nginx would hold events back until its buffer is full.
          .header('x-accel-buffering', 'no')
          .send(stream)
      );
    },
  };
}

async function* frames(source: EventSource, pingMs: number, ended: AbortSignal): AsyncGenerator<string> {
  let at = source.from;
  let mayHaveMore = true;
  let wake = () => {};
  const unsubscribe = source.subscribe(() => {
    mayHaveMore = true;
    wake();
  });
  const onEnd = () => wake();
  ended.addEventListener('abort', onEnd);
  try {
    // An id without data tells nothing but is remembered: a client that is cut off before the first event resumes here.
    yield `retry: ${retryMs}\nid: ${at}\n\n`;
    while (!ended.aborted) {
      if (mayHaveMore) {
        mayHaveMore = false;
        const events = await source.read(at);
        const newest = events.at(-1);
        if (!newest) continue;
        at = newest.id;
        // A full page may have left some behind.
        mayHaveMore = true;
        yield events.map(frame).join('');
        if (newest.last) return;
        continue;
      }
      const woken = Promise.withResolvers<'woken'>();
      const timer = setTimeout(() => wake(), pingMs);
      wake = () => woken.resolve('woken');
      if (!mayHaveMore && !ended.aborted) await woken.promise;
      clearTimeout(timer);
      wake = () => {};
      if (mayHaveMore || ended.aborted) continue;
      yield ': ping\n\n';
      // A notice can be lost on its way from another node.
      mayHaveMore = true;
    }
  } finally {
    unsubscribe();
    ended.removeEventListener('abort', onEnd);
  }
}

/** JSON holds no line breaks, so one `data` line is enough. */
function frame({ id, event, data }: StreamedEvent): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
