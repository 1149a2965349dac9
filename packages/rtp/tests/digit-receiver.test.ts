import { expect, test } from 'vitest';
import { createDigitReceiver, type DigitReceiver } from '../src/digit-receiver.ts';
import { createRtpHeader, readRtpHeader } from '../src/packet.ts';

interface Heard {
  readonly receiver: DigitReceiver;
  readonly digits: [string, number][];
}

function listen(): Heard {
  const digits: [string, number][] = [];
  return { receiver: createDigitReceiver((digit, durationMs) => digits.push([digit, durationMs])), digits };
}

/** One telephone-event packet: event, end bit, duration in samples. */
function send(receiver: DigitReceiver, timestamp: number, event: number, end: boolean, duration: number): void {
  const payload = Buffer.from([event, end ? 0x8a : 0x0a, duration >> 8, duration & 0xff]);
  receiver.packet(payload, 0, payload.length, timestamp);
}

const header = createRtpHeader();

/** Whole RTP packets as they came off a wire, in hexadecimal. */
function play(receiver: DigitReceiver, packets: readonly string[]): void {
  for (const hex of packets) {
    const packet = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    expect(readRtpHeader(packet, packet.length, header)).toBe(true);
    receiver.packet(packet, header.payloadFrom, header.payloadTo, header.timestamp);
  }
}

test('a key of a phone that sets the marker', () => {
  const { receiver, digits } = listen();
  play(receiver, [
    '80e5 3a01 00004e20 5ca1ab1e 05 0a 00a0',
    '8065 3a02 00004e20 5ca1ab1e 05 0a 0140',
    '8065 3a03 00004e20 5ca1ab1e 05 0a 01e0',
    '8065 3a04 00004e20 5ca1ab1e 05 8a 0280',
    '8065 3a05 00004e20 5ca1ab1e 05 8a 0280',
    '8065 3a06 00004e20 5ca1ab1e 05 8a 0280',
  ]);
  expect(digits).toEqual([['5', 80]]);
});

test('keys of a carrier that never sets the marker', () => {
  const { receiver, digits } = listen();
  play(receiver, [
    '8065 0010 00010000 0badcafe 01 0a 0190',
    '8065 0011 00010000 0badcafe 01 0a 0320',
    '8065 0012 00010000 0badcafe 01 8a 04b0',
    '8065 0013 00010000 0badcafe 01 8a 04b0',
    '8065 0014 00010000 0badcafe 01 8a 04b0',
    // The same key again: only the timestamp tells.
    '8065 0030 00011000 0badcafe 01 0a 0190',
    '8065 0031 00011000 0badcafe 01 8a 0320',
    '8065 0032 00011000 0badcafe 01 8a 0320',
    '8065 0033 00011000 0badcafe 01 8a 0320',
    '8065 0050 00012000 0badcafe 0b 0a 0000',
    '8065 0051 00012000 0badcafe 0b 8a 0320',
  ]);
  expect(digits).toEqual([
    ['1', 150],
    ['1', 100],
    ['#', 100],
  ]);
});

test('every packet but the last end packet is lost', () => {
  const { receiver, digits } = listen();
  send(receiver, 1000, 9, true, 800);
  expect(digits).toEqual([['9', 100]]);
});

test('all end packets are lost: the next key shows that the first is over', () => {
  const { receiver, digits } = listen();
  send(receiver, 1000, 4, false, 400);
  send(receiver, 5000, 2, false, 160);
  expect(digits).toEqual([['4', 50]]);
  send(receiver, 5000, 2, true, 640);
  expect(digits).toEqual([
    ['4', 50],
    ['2', 80],
  ]);
});

test('all end packets are lost: silence for three updates shows that the key is over', () => {
  const { receiver, digits } = listen();
  send(receiver, 1000, 4, false, 400);
  for (let i = 0; i < 7; i += 1) receiver.tick();
  expect(digits).toEqual([]);
  receiver.tick();
  expect(digits).toEqual([['4', 50]]);
  // Its end packets were only late.
  send(receiver, 1000, 4, true, 1600);
  expect(digits).toHaveLength(1);
});

test('a long key is one key while updates come', () => {
  const { receiver, digits } = listen();
  for (let i = 1; i <= 100; i += 1) {
    send(receiver, 1000, 0, false, i * 400);
    receiver.tick();
    receiver.tick();
  }
  expect(digits).toEqual([]);
  send(receiver, 1000, 0, true, 40_000);
  expect(digits).toEqual([['0', 5000]]);
});

test('a key longer than one event can state goes on in the next segment', () => {
  const { receiver, digits } = listen();
  send(receiver, 1000, 3, false, 0xffff);
  send(receiver, 1000 + 0xffff, 3, false, 400);
  send(receiver, 1000 + 0xffff, 3, true, 801);
  expect(digits).toEqual([['3', (0xffff + 801) / 8]]);
});

test('late packets of an earlier key change nothing', () => {
  const { receiver, digits } = listen();
  send(receiver, 1000, 1, true, 800);
  send(receiver, 3000, 2, false, 160);
  send(receiver, 1000, 1, true, 800);
  send(receiver, 3000, 2, true, 800);
  expect(digits).toEqual([
    ['1', 100],
    ['2', 100],
  ]);
});

test('timestamps that wrap are later, not earlier', () => {
  const { receiver, digits } = listen();
  send(receiver, 0xfffffff0, 1, true, 800);
  send(receiver, 0x00000400, 2, true, 800);
  expect(digits.map(([digit]) => digit)).toEqual(['1', '2']);
});

test('a new stream may begin at any timestamp', () => {
  const { receiver, digits } = listen();
  send(receiver, 90_000, 1, true, 800);
  receiver.reset();
  send(receiver, 10, 2, true, 800);
  expect(digits.map(([digit]) => digit)).toEqual(['1', '2']);
});

test('a key that is down when the stream changes is reported', () => {
  const { receiver, digits } = listen();
  send(receiver, 90_000, 7, false, 800);
  receiver.reset();
  expect(digits).toEqual([['7', 100]]);
});

test('a hook flash and other events are no keys', () => {
  const { receiver, digits } = listen();
  send(receiver, 1000, 16, true, 800);
  send(receiver, 2000, 36, true, 800);
  expect(digits).toEqual([]);
});

test('all sixteen keys', () => {
  const { receiver, digits } = listen();
  for (let event = 0; event < 16; event += 1) send(receiver, 1000 + event * 1000, event, true, 400);
  expect(digits.map(([digit]) => digit).join('')).toBe('0123456789*#ABCD');
});

test('a payload that is cut is no event', () => {
  const { receiver, digits } = listen();
  receiver.packet(Buffer.from([5, 0x80, 1]), 0, 3, 1000);
  expect(digits).toEqual([]);
});
