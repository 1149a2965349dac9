import { describe, expect, it } from 'vitest';
import { audioOffer, parseSdp } from '../../src/index.ts';
import { SipHeaders } from '../../src/message/headers.ts';
import { glareDelayMs } from '../../src/session/glare.ts';
import { Negotiation } from '../../src/session/negotiation.ts';
import { readReasons } from '../../src/session/reason.ts';

const local = { address: '127.0.0.1', port: 4000, codecs: ['PCMU', 'PCMA'], sessionId: 1 } as const;
const ours = audioOffer(local);
const held = audioOffer({ ...local, direction: 'sendonly' });
const theirs = parseSdp(audioOffer({ ...local, sessionId: 2 }));
const version = (sdp: string | undefined) => /^o=- 1 (\d+) /m.exec(sdp ?? '')?.[1];

describe('offers and answers of a dialog (RFC 3264)', () => {
  it('count the version up with every change, and only then', () => {
    const negotiation = new Negotiation();
    expect(version(negotiation.offer(ours))).toBe('1');
    negotiation.answerReceived(theirs);
    expect(version(negotiation.offer(ours))).toBe('1');
    negotiation.answerReceived(theirs);
    expect(version(negotiation.offer(held))).toBe('2');
    negotiation.rejected();
    expect(version(negotiation.local)).toBe('1');
    // Version 2 was on the wire, so the way back is a third one (RFC 3264 8).
    expect(version(negotiation.offer(ours))).toBe('3');
  });

  it('fall back to what was agreed when an offer is refused (RFC 6141 3.4)', () => {
    const negotiation = new Negotiation();
    negotiation.offerReceived(theirs);
    expect(negotiation.mustAnswer).toBe(true);
    negotiation.answer(ours);
    negotiation.offerReceived(parseSdp(held));
    negotiation.rejected();
    expect(negotiation).toMatchObject({ state: 'agreed', local: ours, remote: theirs });
  });

  it('are one at a time', () => {
    const negotiation = new Negotiation();
    negotiation.offer(ours);
    expect(() => negotiation.offer(ours)).toThrow('against the rules');
    expect(() => negotiation.offerReceived(theirs)).toThrow('against the rules');
    expect(() => new Negotiation().answer(ours)).toThrow('against the rules');
  });

  it.each([0, 1, 2, 3])('go on from a snapshot after %i steps', (steps) => {
    const play = (from: number, to: number, negotiation: Negotiation) => {
      const script = [
        () => negotiation.offer(ours),
        () => negotiation.answerReceived(theirs),
        () => negotiation.offerReceived(theirs),
        () => negotiation.answer(held),
      ];
      for (const step of script.slice(from, to)) step();
      return negotiation;
    };
    const whole = play(0, 4, new Negotiation());
    const copy: unknown = JSON.parse(JSON.stringify(play(0, steps, new Negotiation()).snapshot()));
    const restored = Negotiation.restore(copy as ReturnType<Negotiation['snapshot']>);
    expect(play(steps, 4, restored).snapshot()).toEqual(JSON.parse(JSON.stringify(whole.snapshot())));
  });
});

describe('the wait after a glare (RFC 3261 14.1)', () => {
  it('is 2.1 to 4 s for who made the Call-ID, 0 to 2 s for the other, in steps of 10 ms', () => {
    for (let step = 0; step < 1000; step++) {
      const owner = glareDelayMs(true, () => step / 1000);
      const other = glareDelayMs(false, () => step / 1000);
      expect(owner % 10 === 0 && owner >= 2100 && owner <= 4000).toBe(true);
      expect(other % 10 === 0 && other >= 0 && other <= 2000).toBe(true);
    }
  });
});

describe('Reason (RFC 3326)', () => {
  it.each([
    ['Q.850;cause=16;text="Normal, clearing"', [{ protocol: 'Q.850', cause: 16, text: 'Normal, clearing' }]],
    [
      'SIP ; cause=480 , q.850;cause=19',
      [
        { protocol: 'SIP', cause: 480 },
        { protocol: 'q.850', cause: 19 },
      ],
    ],
    ['preemption', [{ protocol: 'preemption' }]],
    ['SIP;cause=x;text="say \\"no\\""', [{ protocol: 'SIP', text: 'say "no"' }]],
    ['Q.850;text="open', []],
    ['', []],
  ])('%s', (value, reasons) => {
    expect(readReasons({ headers: new SipHeaders().append('Reason', value) })).toEqual(reasons);
  });
});
