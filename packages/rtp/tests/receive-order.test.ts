import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRtpHeader } from '../src/packet.ts';
import { createReceiveOrder } from '../src/receive-order.ts';

const packet = Buffer.alloc(12);

/** Says what came out: a sequence number, "+n" for n lost before it, and words for what was dropped. */
function line() {
  const out: string[] = [];
  const order = createReceiveOrder({
    packet: (_, header, lost) => out.push(lost > 0 ? `+${lost}` : '', String(header.sequence)),
    late: () => out.push('late'),
    duplicate: () => out.push('duplicate'),
    newStream: () => out.push('new'),
  });
  return {
    order,
    push(...sequences: number[]) {
      for (const sequence of sequences) this.from(1, sequence);
    },
    from(ssrc: number, sequence: number) {
      order.push(packet, { ...createRtpHeader(), ssrc, sequence });
    },
    take: () => out.splice(0).filter(Boolean).join(' '),
  };
}

test('packets in order pass at once', () => {
  const stream = line();
  stream.push(7, 8, 9);
  expect(stream.take()).toBe('7 8 9');
});

test('two neighbours that changed places are put right', () => {
  const stream = line();
  stream.push(7, 9);
  expect(stream.take()).toBe('7');
  stream.push(8, 10);
  expect(stream.take()).toBe('8 9 10');
});

test('a lost packet is known when a second one has overtaken it', () => {
  const stream = line();
  stream.push(7, 9, 10);
  expect(stream.take()).toBe('7 +1 9 10');
});

test('a lost packet is known after two ticks', () => {
  const stream = line();
  stream.push(7, 10);
  stream.order.tick();
  expect(stream.take()).toBe('7');
  stream.order.tick();
  expect(stream.take()).toBe('+2 10');
});

test('every second packet lost', () => {
  const stream = line();
  stream.push(1, 3, 5, 7, 9);
  expect(stream.take()).toBe('1 +1 3 +1 5 +1 7');
});

test('a packet that fills part of a gap', () => {
  const stream = line();
  stream.push(1, 4, 3, 5);
  expect(stream.take()).toBe('1 +1 3 4 5');
});

test('a packet that comes too late is dropped', () => {
  const stream = line();
  stream.push(1, 3, 4, 2);
  expect(stream.take()).toBe('1 +1 3 4 late');
});

test('a packet that comes twice is dropped, played or held', () => {
  const stream = line();
  stream.push(1, 1, 3, 3, 2, 3);
  expect(stream.take()).toBe('1 duplicate duplicate 2 3 duplicate');
});

test('sequence numbers wrap', () => {
  const stream = line();
  stream.push(65534, 65535, 1, 0, 2, 65535);
  expect(stream.take()).toBe('65534 65535 0 1 2 duplicate');
});

test('a gap of a second is loss, a larger one a new stream', () => {
  const stream = line();
  stream.push(1, 52, 53);
  expect(stream.take()).toBe('1 +50 52 53');
  stream.push(53 + 52, 106);
  expect(stream.take()).toBe('new 105 106');
});

test('a step far back is a new stream', () => {
  const stream = line();
  stream.push(1000, 10, 11);
  expect(stream.take()).toBe('1000 new 10 11');
});

test('another source identifier is a new stream, whatever its numbers', () => {
  const stream = line();
  stream.push(7, 8);
  stream.from(2, 9);
  stream.from(2, 10);
  expect(stream.take()).toBe('7 8 new 9 10');
});

test('a held packet is not lost when the stream changes', () => {
  const stream = line();
  stream.push(7, 9);
  stream.from(2, 500);
  expect(stream.take()).toBe('7 +1 9 new 500');
});

test('after a reset the next packet is the first', () => {
  const stream = line();
  stream.push(7, 9);
  stream.order.reset();
  stream.push(3);
  stream.order.tick();
  stream.order.tick();
  expect(stream.take()).toBe('7 3');
});

test('whatever happens on the way, what comes out is in order, once, and its losses add up', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ fate: fc.constantFrom('pass', 'lose', 'twice', 'swap'), tick: fc.boolean() }), {
        minLength: 1,
        maxLength: 120,
      }),
      fc.nat(0xffff),
      (fates, first) => {
        const wire: { at: number; tick: boolean }[] = [{ at: 0, tick: false }];
        let losses = 0;
        fates.forEach(({ fate, tick }, i) => {
          // More than fifty losses in a row would be a new stream.
          if (fate === 'lose' && losses < 40) {
            losses += 1;
            return;
          }
          losses = 0;
          wire.push({ at: i + 1, tick });
          if (fate === 'twice') wire.push({ at: i + 1, tick: false });
        });
        fates.forEach(({ fate }, i) => {
          const here = wire[i];
          const there = wire[i + 1];
          if (i > 0 && fate === 'swap' && here && there) wire.splice(i, 2, there, here);
        });

        let expected = first;
        const seen = new Set<number>();
        const order = createReceiveOrder({
          packet(_, header, lost) {
            expect(header.sequence).toBe((expected + lost) & 0xffff);
            expect(seen.has(header.sequence)).toBe(false);
            seen.add(header.sequence);
            expected = (header.sequence + 1) & 0xffff;
          },
          late: () => undefined,
          duplicate: () => undefined,
          newStream: () => expect.unreachable('nothing here is a new stream'),
        });
        for (const { at, tick } of wire) {
          order.push(packet, { ...createRtpHeader(), ssrc: 1, sequence: (first + at) & 0xffff });
          if (tick) order.tick();
        }
      },
    ),
  );
});
