import { expect, test } from 'vitest';
import { IncomingStream } from '../src/incoming-stream.ts';
import { createRtpHeader } from '../src/packet.ts';

function note(stream: IncomingStream, sequence: number, fields: { ssrc?: number; timestamp?: number } = {}) {
  const { ssrc = 1, timestamp = sequence * 160 } = fields;
  return stream.note({ ...createRtpHeader(), sequence, ssrc, timestamp }, true);
}

test('packets that come late are not lost, and those that come twice count once', () => {
  const stream = new IncomingStream();
  const places = [10, 11, 14, 12, 14, 12, 16].map((sequence) => note(stream, sequence));
  expect(places.filter((place) => place === 'duplicate')).toHaveLength(2);
  expect(stream.lost).toBe(2);
});

test('sequence numbers and timestamps wrap within a stream', () => {
  const stream = new IncomingStream();
  const timestamps = [0xffff_ff00, 0xffff_ffa0, 0x40, 0xe0];
  const places = [65_534, 65_535, 0, 1].map((sequence, i) => note(stream, sequence, { timestamp: timestamps[i] ?? 0 }));
  expect(places).toEqual(['follows', 'follows', 'follows', 'follows']);
  expect(stream.lost).toBe(0);
});

test.each([
  ['another SSRC', 11, { ssrc: 2 }],
  ['a sequence far ahead', 4000, {}],
  ['a sequence far behind', 65_400, { timestamp: 11 * 160 }],
  ['a time that begins anew', 11, { timestamp: 3 }],
])(
  '%s begins a new stream, and what was lost before stays lost',
  (_, sequence, fields: { ssrc?: number; timestamp?: number }) => {
    const stream = new IncomingStream();
    note(stream, 8);
    note(stream, 10);
    expect(note(stream, sequence, fields)).toBe('new_stream');
    expect(stream.lost).toBe(1);
    expect(note(stream, sequence + 1, { ...fields, timestamp: (fields.timestamp ?? sequence * 160) + 160 })).toBe(
      'follows',
    );
    expect(stream.lost).toBe(1);
  },
);

test('a pause of the sender in which it counted on is loss, not a new stream', () => {
  const stream = new IncomingStream();
  note(stream, 1);
  expect(note(stream, 101)).toBe('follows');
  expect(stream.lost).toBe(99);
});

test('after a reset the next packet is compared with nothing', () => {
  const stream = new IncomingStream();
  note(stream, 1);
  stream.reset();
  expect(note(stream, 500, { ssrc: 9 })).toBe('follows');
  expect(stream.lost).toBe(0);
});
