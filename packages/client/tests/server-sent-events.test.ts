import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents, type ServerSentEvent } from '../src/server-sent-events.ts';

async function eventsOf(text: string, cuts: readonly number[] = [], lastId?: string) {
  const bytes = new TextEncoder().encode(text);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let from = 0;
      for (const cut of [...cuts.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
        controller.enqueue(bytes.subarray(from, cut));
        from = cut;
      }
      controller.close();
    },
  });
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(stream, lastId)) events.push(event);
  return events;
}

test('fields, comments, lines of data, and the id that stays', async () => {
  const text =
    ': ping\n\nid: 7\nevent: answered\ndata: {"a":1}\n\ndata: one\ndata:two\n\nevent: nothing\n\nid:\ndata\n\n';
  expect(await eventsOf(text)).toEqual([
    { id: '7', event: 'answered', data: '{"a":1}' },
    { id: '7', event: 'message', data: 'one\ntwo' },
    { id: '', event: 'message', data: '' },
  ]);
});

test('an event that is not finished is none', async () => {
  expect(await eventsOf('data: whole\n\ndata: half')).toEqual([{ id: '', event: 'message', data: 'whole' }]);
});

test('events without an id have the one the stream was resumed behind', async () => {
  expect(await eventsOf('data: x\n\n', [], '41')).toEqual([{ id: '41', event: 'message', data: 'x' }]);
});

test('however the bytes are cut, the events are the same', async () => {
  const text = 'id: 1\r\nevent: größe\r\ndata: Käse 🧀\r\n\r\n: ping\r\n\r\nid: 2\ndata: a\ndata: b\n\ndata: c\r\r';
  const whole = await eventsOf(text);
  expect(whole.map(({ data }) => data)).toEqual(['Käse 🧀', 'a\nb', 'c']);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 12 }), async (cuts) => {
      expect(await eventsOf(text, cuts)).toEqual(whole);
    }),
  );
});
