import { describe, expect, it } from 'vitest';
import { RtcpSession, type SendingState } from '../../src/index.ts';
import { readRtcp, writeRtcp } from '../../src/rtcp/rtcp-packet.ts';

const sender = {
  ntpSeconds: 0xe93a1234,
  ntpFraction: 0x80000000,
  rtpTimestamp: 0xfffffff0,
  packets: 1204,
  octets: 192640,
};
const reception = {
  ssrc: 0x11223344,
  fractionLost: 0.25,
  cumulativeLost: -3,
  highestSequence: 0x0001_0005,
  jitter: 42,
  lastSenderReport: 0x12348000,
  delaySinceLastSenderReport: 0x10000,
};
const full = { ssrc: 0xdeadbeef, sender, reception, cname: 'a1b2c3@dialplane', isBye: true };

describe('compound packets', () => {
  it.each([
    ['a sender report with everything', full],
    ['a receiver report', { ssrc: 1, reception, cname: 'x', isBye: false }],
    ['an empty receiver report', { ssrc: 1, isBye: false }],
    ['a name of every length modulo four', { ssrc: 1, cname: 'abc', isBye: true }],
  ])('read back as written: %s', (_name, report) => {
    expect(readRtcp(writeRtcp(report), 0x11223344)).toEqual(report);
  });

  it('have the bytes of RFC 3550 6.4.1', () => {
    const bytes = writeRtcp({ ...full, cname: undefined, isBye: false });
    expect(bytes.toString('hex')).toBe(
      '81c8000c' +
        'deadbeef' +
        'e93a1234' +
        '80000000' +
        'fffffff0' +
        '000004b4' +
        '0002f080' +
        '11223344' +
        '40fffffd' +
        '00010005' +
        '0000002a' +
        '12348000' +
        '00010000',
    );
  });

  it('give the report about us among several, and skip what they do not know', () => {
    const other = { ...reception, ssrc: 5 };
    const single = writeRtcp({ ssrc: 9, reception: other, isBye: false });
    const block = writeRtcp({ ssrc: 9, reception, isBye: false }).subarray(8);
    const two = Buffer.concat([single, block]);
    two.writeUInt8(0x82, 0);
    two.writeUInt16BE(two.length / 4 - 1, 2);
    const feedback = Buffer.from('81cd0002' + '00000009' + '00000001', 'hex');
    expect(readRtcp(Buffer.concat([two, feedback]), reception.ssrc)?.reception).toEqual(reception);
  });

  it('are refused when cut anywhere, and never throw', () => {
    const bytes = writeRtcp(full);
    for (let length = 1; length < bytes.length; length++) {
      const report = readRtcp(bytes.subarray(0, length), 0x11223344);
      // A cut between two packets leaves a shorter compound that is whole.
      if (report) expect(bytes.subarray(0, length).length % 4).toBe(0);
    }
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => readRtcp(changed, 0x11223344)).not.toThrow();
    }
  });
});

describe('two sides that report to each other', () => {
  /** Wall clocks of both sides; the far one is an hour wrong. */
  const wall = { near: 1_795_000_000_000, far: 1_795_003_600_000 };
  const oneWayMs = 40;

  function sides() {
    const near = new RtcpSession({ cname: 'near', clockRateHz: 8000 });
    const far = new RtcpSession({ cname: 'far', clockRateHz: 8000 });
    const sending = (ssrc: number, packets: number): SendingState => ({
      ssrc,
      packets,
      octets: 160 * packets,
      rtpTimestamp: 160 * packets,
    });
    return { near, far, sending };
  }

  /** Ticks until a report comes out. */
  function nextReport(session: RtcpSession, fromMs: number, wallMs: number, state: SendingState, jitterMs = 0) {
    for (let nowMs = fromMs; ; nowMs += 20) {
      const packet = session.tick(nowMs, wallMs + nowMs, state, jitterMs);
      if (packet) return { packet, nowMs };
    }
  }

  it('measure the round trip whatever their wall clocks say', () => {
    const { near, far, sending } = sides();
    const ours = nextReport(near, 0, wall.near, sending(1, 10));
    far.received(1, 1);
    far.receive(ours.packet, ours.nowMs + oneWayMs, wall.far + ours.nowMs + oneWayMs, 2);
    const theirs = nextReport(far, ours.nowMs + oneWayMs, wall.far, sending(2, 10));
    near.receive(theirs.packet, theirs.nowMs + oneWayMs, wall.near + theirs.nowMs + oneWayMs, 1);
    expect(near.farEnd?.roundTripMs).toBeCloseTo(2 * oneWayMs, 0);
    expect(far.farEnd?.roundTripMs).toBeUndefined();
  });

  it('tell each other loss and jitter', () => {
    const { near, far, sending } = sides();
    for (let sequence = 65_500; sequence < 65_600; sequence++) {
      if (sequence % 10 !== 0) far.received(1, sequence & 0xffff);
    }
    const theirs = nextReport(far, 0, wall.far, sending(2, 1), 12.5);
    near.receive(theirs.packet, theirs.nowMs, wall.near, 1);
    expect(near.farEnd).toMatchObject({ cumulativeLost: 9, jitterMs: 12.5 });
    expect(near.farEnd?.fractionLost).toBeCloseTo(0.09, 1);
    for (let sequence = 65_600; sequence < 65_700; sequence++) far.received(1, sequence & 0xffff);
    const later = nextReport(far, theirs.nowMs, wall.far, sending(2, 2));
    near.receive(later.packet, later.nowMs, wall.near, 1);
    expect(near.farEnd).toMatchObject({ fractionLost: 0, cumulativeLost: 9 });
  });

  it('report every five seconds on average, and never in step', () => {
    const { near, sending } = sides();
    const times: number[] = [];
    for (let nowMs = 0; nowMs < 600_000; nowMs += 20) {
      if (near.tick(nowMs, wall.near + nowMs, sending(1, nowMs / 20), 0)) times.push(nowMs);
    }
    expect(times[0]).toBeLessThanOrEqual(3_760);
    expect(times.length).toBeGreaterThan(100);
    expect(times.length).toBeLessThan(145);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2_500);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(7_520);
    expect(new Set(gaps).size).toBeGreaterThan(20);
  });

  it('send a receiver report while they send no sound, and a BYE at the end', () => {
    const { near, far, sending } = sides();
    near.received(2, 1);
    expect(readRtcp(nextReport(near, 0, wall.near, sending(1, 0)).packet, 2)).toMatchObject({
      ssrc: 1,
      reception: { ssrc: 2 },
      cname: 'near',
      isBye: false,
    });
    const goodbye = near.goodbye(9_000, wall.near, sending(1, 5), 0);
    expect(readRtcp(goodbye, 2)).toMatchObject({ sender: { packets: 5 }, isBye: true });
    far.receive(goodbye, 0, 0, 2);
    expect(far.isByeReceived).toBe(true);
  });

  it('begin anew with another source', () => {
    const { near, far, sending } = sides();
    for (const sequence of [1, 2, 50]) far.received(1, sequence);
    for (const sequence of [900, 901]) far.received(77, sequence);
    const theirs = nextReport(far, 0, wall.far, sending(2, 1));
    expect(readRtcp(theirs.packet, 77)?.reception).toMatchObject({ cumulativeLost: 0, highestSequence: 901 });
    expect(near.receive(Buffer.from('nothing'), 0, 0, 1)).toBe(false);
  });
});
