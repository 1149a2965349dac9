import { describe, expect, it } from 'vitest';
import {
  newSrtpKey,
  readInlineKey,
  type SrtpKey,
  SrtpReceiver,
  SrtpSender,
  type SrtpSuite,
  srtpProfiles,
  writeInlineKey,
} from '../../src/index.ts';

const suites = Object.keys(srtpProfiles) as SrtpSuite[];

function packet(sequence: number, options: { ssrc?: number; payload?: string } = {}): Buffer {
  const bytes = Buffer.alloc(12 + 20, options.payload ?? 'sound');
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8(0, 1);
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE(160 * sequence, 4);
  bytes.writeUInt32BE(options.ssrc ?? 0xcafebabe, 8);
  return bytes;
}

function report(): Buffer {
  const bytes = Buffer.alloc(28, 7);
  bytes.writeUInt16BE(0x80c8, 0);
  bytes.writeUInt16BE(6, 2);
  bytes.writeUInt32BE(0xcafebabe, 4);
  return bytes;
}

function pair(suite: SrtpSuite): { sender: SrtpSender; receiver: SrtpReceiver; key: SrtpKey } {
  const key = newSrtpKey(suite);
  return { sender: new SrtpSender(key), receiver: new SrtpReceiver(key), key };
}

describe.each(suites)('%s', (suite) => {
  it('brings packets across, header readable and payload not', () => {
    const { sender, receiver } = pair(suite);
    for (let sequence = 1; sequence < 50; sequence++) {
      const sealed = sender.protect(packet(sequence));
      expect(sealed.subarray(0, 12)).toEqual(packet(sequence).subarray(0, 12));
      expect(sealed.includes('sound')).toBe(false);
      expect(receiver.open(sealed)).toEqual(packet(sequence));
    }
  });

  it('brings RTCP across', () => {
    const { sender, receiver } = pair(suite);
    const first = sender.protectRtcp(report());
    const second = sender.protectRtcp(report());
    expect(first).not.toEqual(second);
    expect(receiver.openRtcp(second)).toEqual(report());
    expect(receiver.openRtcp(first)).toEqual(report());
  });

  it('lets in no packet twice, not even an old one', () => {
    const { sender, receiver } = pair(suite);
    const sealed = Array.from({ length: 300 }, (_, i) => sender.protect(packet(i)));
    const again = sealed.map((bytes) => Buffer.from(bytes));
    for (const bytes of sealed) expect(receiver.open(bytes)).toBeInstanceOf(Buffer);
    for (const bytes of again) expect(receiver.open(bytes)).toBe('replayed');
    const rtcp = sender.protectRtcp(report());
    expect(receiver.openRtcp(Buffer.from(rtcp))).toBeInstanceOf(Buffer);
    expect(receiver.openRtcp(rtcp)).toBe('replayed');
  });

  it('lets in packets that arrive out of order', () => {
    const { sender, receiver } = pair(suite);
    const sealed = Array.from({ length: 40 }, (_, i) => sender.protect(packet(i)));
    for (const bytes of sealed.reverse()) expect(receiver.open(bytes)).toBeInstanceOf(Buffer);
  });

  it('notices every changed bit, and goes on with the next good packet', () => {
    const { sender, receiver } = pair(suite);
    const sealed = sender.protect(packet(1));
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(receiver.open(changed)).toBeTypeOf('string');
    }
    expect(receiver.open(sealed)).toEqual(packet(1));
  });

  it('goes on through the turns of the sequence number, also where packets are lost at the turn', () => {
    const { sender, receiver } = pair(suite);
    const nearTurns = [1, 2, 3].flatMap((turn) => Array.from({ length: 60 }, (_, i) => turn * 65_536 - 30 + i));
    // In between, far enough apart to be quick and near enough to be told from a turn.
    const between = Array.from({ length: 3 * 65_536 }, (_, i) => i).filter((i) => i % 9973 === 0);
    for (const i of [...nearTurns, ...between].sort((one, other) => one - other)) {
      const sealed = sender.protect(packet(i));
      const isLost = i % 65_536 < 20 || i % 7 === 3;
      if (!isLost) expect(receiver.open(sealed)).toEqual(packet(i));
    }
  });

  it('keeps apart what two sources count', () => {
    const { sender, receiver, key } = pair(suite);
    const other = new SrtpSender(key);
    expect(receiver.open(sender.protect(packet(7)))).toBeInstanceOf(Buffer);
    expect(receiver.open(other.protect(packet(7, { ssrc: 1 })))).toBeInstanceOf(Buffer);
  });

  it('goes on in another process', () => {
    const { sender, receiver, key } = pair(suite);
    for (let i = 65_530; i < 65_540; i++) receiver.open(sender.protect(packet(i)));
    sender.protectRtcp(report());
    const successor = new SrtpSender(key);
    successor.restore(JSON.parse(JSON.stringify(sender.snapshot())));
    expect(receiver.open(successor.protect(packet(65_540)))).toEqual(packet(65_540));
    expect(receiver.openRtcp(successor.protectRtcp(report()))).toEqual(report());
  });

  it('reads the key it wrote into SDP, also with a lifetime', () => {
    const key = newSrtpKey(suite);
    const written = writeInlineKey(key);
    expect(readInlineKey(suite, written)).toEqual({ suite, keyAndSalt: Buffer.from(key.keyAndSalt) });
    expect(readInlineKey(suite, `${written}|2^48`)).toEqual(readInlineKey(suite, written));
    expect(readInlineKey(suite, `${written}|2^20|1:4`)).toBeUndefined();
    expect(readInlineKey(suite, `${written}|1:4`)).toBeUndefined();
    expect(readInlineKey(suite, written.slice(0, -8))).toBeUndefined();
    expect(readInlineKey(suite, 'inline:')).toBeUndefined();
  });

  it('says what is malformed', () => {
    const { sender, receiver } = pair(suite);
    expect(receiver.open(Buffer.alloc(5))).toBe('malformed');
    expect(receiver.open(packet(1).subarray(0, 14))).toBe('malformed');
    const lying = sender.protect(packet(1));
    lying.writeUInt8(0x9f, 0);
    expect(receiver.open(lying)).toBe('malformed');
    expect(receiver.openRtcp(Buffer.alloc(9))).toBe('malformed');
    // Unencrypted RTCP where encrypted was agreed.
    expect(receiver.openRtcp(Buffer.alloc(60))).toBe('malformed');
  });

  it('keeps padding and header extensions as they are', () => {
    const { sender, receiver } = pair(suite);
    const padded = Buffer.concat([packet(9), Buffer.from([0xbe, 0xde, 0, 1, 1, 2, 3, 4, 0, 0, 0, 4])]);
    padded.writeUInt8(0x80 | 0x20, 0);
    expect(receiver.open(sender.protect(padded))).toEqual(padded);
    const extended = Buffer.concat([
      packet(10).subarray(0, 12),
      Buffer.from([0xbe, 0xde, 0, 1, 1, 2, 3, 4]),
      Buffer.from('abc'),
    ]);
    extended.writeUInt8(0x90, 0);
    expect(receiver.open(sender.protect(extended))).toEqual(extended);
  });
});
