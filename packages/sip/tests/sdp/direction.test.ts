import { describe, expect, it } from 'vitest';
import { audioOffer, type MediaDirection, negotiateAudio, parseSdp, readAudioAnswer } from '../../src/index.ts';

const local = { address: '192.0.2.10', port: 20_000, codecs: ['PCMU', 'PCMA'], sessionId: 42 } as const;

const cells: readonly [theirs: MediaDirection, wish: MediaDirection, ours: MediaDirection][] = [
  ['sendrecv', 'sendrecv', 'sendrecv'],
  ['sendrecv', 'sendonly', 'sendonly'],
  ['sendrecv', 'recvonly', 'recvonly'],
  ['sendrecv', 'inactive', 'inactive'],
  ['sendonly', 'sendrecv', 'recvonly'],
  ['sendonly', 'sendonly', 'inactive'],
  ['sendonly', 'recvonly', 'recvonly'],
  ['sendonly', 'inactive', 'inactive'],
  ['recvonly', 'sendrecv', 'sendonly'],
  ['recvonly', 'sendonly', 'sendonly'],
  ['recvonly', 'recvonly', 'inactive'],
  ['recvonly', 'inactive', 'inactive'],
  ['inactive', 'sendrecv', 'inactive'],
  ['inactive', 'sendonly', 'inactive'],
  ['inactive', 'recvonly', 'inactive'],
  ['inactive', 'inactive', 'inactive'],
];

describe('hold directions (RFC 3264 6.1, 8.4)', () => {
  it.each(cells)('an offer of %s, answered by who wants %s, makes us %s', (theirs, wish, ours) => {
    const offer = audioOffer({ ...local, direction: theirs });
    const negotiated = negotiateAudio(parseSdp(offer), { ...local, direction: wish });
    expect(negotiated?.direction).toBe(ours);
    expect(negotiated?.answer.match(/a=(sendrecv|sendonly|recvonly|inactive)/g)).toEqual([`a=${ours}`]);
  });

  it.each(cells)(
    'an answer of %s to our offer of %s makes us %s, whatever it should have said',
    (theirs, wish, ours) => {
      const offer = audioOffer({ ...local, direction: wish });
      const answer = audioOffer({ ...local, port: 30_000, direction: theirs });
      expect(readAudioAnswer(answer, offer)?.direction).toBe(ours);
    },
  );

  it.each([
    ['sendrecv', 'recvonly'],
    ['sendonly', 'recvonly'],
    ['recvonly', 'inactive'],
    ['inactive', 'inactive'],
  ] as const)('0.0.0.0 with %s holds as RFC 2543 did, and a real address ends it', (stated, ours) => {
    const offer = audioOffer({ ...local, direction: stated });
    const held = offer.replace('c=IN IP4 192.0.2.10', 'c=IN IP4 0.0.0.0');
    expect(negotiateAudio(parseSdp(held), local)?.direction).toBe(ours);
    const back = audioOffer(local);
    expect(negotiateAudio(parseSdp(back), local)?.direction).toBe('sendrecv');
    expect(readAudioAnswer(held, back)?.direction).toBe(ours);
  });

  it('reads :: as the unspecified address too', () => {
    const held = audioOffer({ ...local, address: '::' });
    expect(negotiateAudio(parseSdp(held), local)?.direction).toBe('recvonly');
  });
});
