import { expect, it, test } from 'vitest';
import { type MediaFacts, verdictOf, verdictSentence } from '../../src/media-verdict/media-verdict.ts';

const both: MediaFacts = {
  sent: 1204,
  received: 1180,
  lost: 3,
  foreign: 0,
  undecipherable: 0,
  sendErrors: 0,
  controlReceived: 4,
  held: false,
  stopped: false,
  local: { address: '198.51.100.7', port: 20_010 },
  target: { address: '203.0.113.9', port: 40_000 },
  remote: { address: '203.0.113.9', port: 40_000 },
};
const none = { ...both, received: 0, lost: 0, controlReceived: 0 };

test.each<[string, MediaFacts, string]>([
  ['both_ways', both, 'We sent 1,204 packets to 203.0.113.9:40000 and received 1,180, 3 lost on the way.'],
  [
    'both_ways',
    { ...both, remote: { address: '10.0.0.5', port: 40_000 } },
    'We sent 1,204 packets to 203.0.113.9:40000 and received 1,180, 3 lost on the way. ' +
      'Their SDP named 10.0.0.5:40000; we answer where the sound came from.',
  ],
  [
    'media_stopped',
    { ...both, stopped: true },
    'We sent 1,204 packets to 203.0.113.9:40000 and received 1,180, then no more: ' +
      'their device, or the way from them, went away.',
  ],
  [
    'never_any_media',
    none,
    'We sent 1,204 packets to 203.0.113.9:40000 and received none: their firewall or NAT. ' +
      'They have to be able to send UDP to 198.51.100.7:20010.',
  ],
  [
    'never_any_media',
    { ...none, foreign: 2 },
    'We sent 1,204 packets to 203.0.113.9:40000 and received none from there, but 2 from elsewhere: ' +
      'their NAT gave the sound another address. They have to be able to send UDP to 198.51.100.7:20010.',
  ],
  [
    'never_any_media',
    { ...none, sent: 1, sendErrors: 1 },
    'We received nothing, and 1 of our 1 packet to 203.0.113.9:40000 were turned back: ' +
      'nobody listens there, or a firewall refuses. They have to be able to send UDP to 198.51.100.7:20010.',
  ],
  [
    'never_any_media',
    { ...none, undecipherable: 1200 },
    'We sent 1,204 packets to 203.0.113.9:40000 and could decrypt none of the 1,200 that came: ' +
      'something between us changed the keys in the SDP, or their side does not encrypt.',
  ],
  [
    'control_only',
    { ...none, controlReceived: 2 },
    'We sent 1,204 packets to 203.0.113.9:40000 and received RTCP but no sound: the way is open and their side sends ' +
      'nothing. Look for a muted or held telephone.',
  ],
  ['on_hold', { ...none, held: true }, 'The other side kept the call on hold, so that no sound was due.'],
])('the verdict %s is said in a sentence', (verdict, facts, sentence) => {
  expect(verdictOf(facts)).toBe(verdict);
  expect(verdictSentence(facts)).toBe(sentence);
});

it('writes IPv6 addresses as they are dialled', () => {
  const target = { address: '2001:db8::5', port: 40_000 };
  expect(verdictSentence({ ...none, target, remote: target })).toContain('to [2001:db8::5]:40000 and');
});
