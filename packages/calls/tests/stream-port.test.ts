import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { createStreamClient, serveStreams } from '../src/media-thread/stream-port.ts';

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const channel of channels.splice(0)) channel.port1.close();
});

function connected(methods: Parameters<typeof serveStreams>[1]) {
  const channel = new MessageChannel();
  channels.push(channel);
  serveStreams(channel.port1, methods);
  return createStreamClient(channel.port2);
}

async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

test('items arrive in order and the stream ends', async () => {
  const client = connected({
    async *count(upTo: number) {
      for (let i = 1; i <= upTo; i++) yield i;
    },
  });
  expect(await collect(client.stream('count', 4, new AbortController().signal))).toEqual([1, 2, 3, 4]);
});

test('two streams at once do not mix', async () => {
  const client = connected({
    async *repeat(word: string) {
      for (let i = 0; i < 3; i++) {
        await new Promise((resolve) => setImmediate(resolve));
        yield word;
      }
    },
  });
  const signal = new AbortController().signal;
  const both = await Promise.all([
    collect(client.stream('repeat', 'a', signal)),
    collect(client.stream('repeat', 'b', signal)),
  ]);
  expect(both).toEqual([
    ['a', 'a', 'a'],
    ['b', 'b', 'b'],
  ]);
});

test('an engine error reaches the caller with its message', async () => {
  const client = connected({
    // biome-ignore lint/correctness/useYield: the engine under test fails before its first item
    async *fail() {
      throw new Error('voice unknown');
    },
  });
  await expect(collect(client.stream('fail', null, new AbortController().signal))).rejects.toThrow('voice unknown');
  await expect(collect(client.stream('missing', null, new AbortController().signal))).rejects.toThrow('missing');
});

test('an abort ends the stream here and stops the engine there', async () => {
  let stopped: () => void = () => {};
  const engineStopped = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  const client = connected({
    async *forever(_: null, signal: AbortSignal) {
      signal.addEventListener('abort', () => stopped());
      for (let i = 0; !signal.aborted; i++) {
        yield i;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  });
  const controller = new AbortController();
  const items: unknown[] = [];
  for await (const item of client.stream('forever', null, controller.signal)) {
    items.push(item);
    if (items.length === 3) controller.abort();
  }
  await engineStopped;
  expect(items.slice(0, 3)).toEqual([0, 1, 2]);
});

test('leaving the loop early stops the engine', async () => {
  let stopped: () => void = () => {};
  const engineStopped = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  const client = connected({
    async *forever(_: null, signal: AbortSignal) {
      signal.addEventListener('abort', () => stopped());
      while (!signal.aborted) {
        yield 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  });
  for await (const _ of client.stream('forever', null, new AbortController().signal)) break;
  await engineStopped;
});
