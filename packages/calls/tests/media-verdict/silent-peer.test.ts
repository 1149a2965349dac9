import { expect, test } from 'vitest';
import { SilentPeer } from '../../src/media-verdict/silent-peer.ts';

test.each<[string, number | undefined, string]>([
  ['a 200', 200, 'there'],
  ['a refusal of the method', 405, 'there'],
  ['an overloaded telephone', 503, 'there'],
  ['a call that the other side does not know', 481, 'gone: media_lost'],
  ['a proxy that waited in vain', 408, 'gone: media_lost'],
  ['nothing', undefined, 'gone: media_lost'],
])('%s decides whether a silent peer is there', async (_, status, found) => {
  const told: string[] = [];
  const peer = new SilentPeer({
    sendOptions: async () => {
      // Should the signalling end the call meanwhile, its ending is known.
      expect(peer.ending).toBe('media_lost');
      return { response: status === undefined ? undefined : { status } };
    },
    isThere: () => void told.push('there'),
    isGone: (ending) => void told.push(`gone: ${ending}`),
  });
  await peer.ask('media_lost');
  expect(told).toEqual([found]);
  expect(peer.ending).toBe(found === 'there' ? undefined : 'media_lost');
});
