import { audioOffer } from '@dialplane/sip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../src/index.ts';
import { greetingHz, MemoryDirectory, pickUpTelephone, startService, type Telephone } from './scene.ts';

let directory: MemoryDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new MemoryDirectory();
  telephone = await pickUpTelephone(32500);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

test.each([
  ['PCMA', '8', 'PCMA/8000'],
  ['G722', '9', 'G722/8000'],
  ['opus', '96', 'opus/48000/2'],
] as const)('the media line, its rtpmap and the packets agree on %s', async (name, format, encoding) => {
  directory.trunk = { codecs: ['opus', 'G722', 'PCMA', 'PCMU'] };
  const address = { address: '127.0.0.1', port: telephone.leg.localPort, sessionId: 1 };
  const { call, outcome } = await telephone.dial(service.sipPort, { sdp: audioOffer({ ...address, codecs: [name] }) });
  const media = outcome.answer?.media[0];
  expect(media?.formats[0]).toBe(format);
  const rtpmaps = media?.attributes.filter((attribute) => attribute.name === 'rtpmap').map(({ value }) => value);
  expect(rtpmaps?.[0]).toBe(`${format} ${encoding}`);
  await until(() => telephone.heard(greetingHz) > -20);
  // Packets of another number would be counted here instead of heard.
  expect(telephone.leg.stats).toMatchObject({ unexpected: 0, lost: 0 });
  expect(await directory.event(0, 'answered')).toMatchObject({ codec: name });
  await call.hangup();
});

test('a codec that the trunk does not allow is not agreed on', async () => {
  const address = { address: '127.0.0.1', port: telephone.leg.localPort, sessionId: 1 };
  const { outcome } = await telephone.dial(service.sipPort, { sdp: audioOffer({ ...address, codecs: ['opus'] }) });
  expect(outcome.status).toBe(488);
});

test('from narrow to wide and back within the call', async () => {
  directory.trunk = { codecs: ['G722', 'PCMU'] };
  const address = { address: '127.0.0.1', port: telephone.leg.localPort, sessionId: 1 };
  const { call } = await telephone.dial(service.sipPort);
  const changed = await call.change(audioOffer({ ...address, codecs: ['G722'], sessionVersion: 2 }));
  expect(changed.kind === 'agreed' && changed.answer.media[0]?.formats[0]).toBe('9');
  expect(await directory.event(0, 'codec_changed')).toMatchObject({ from: 'PCMU', codec: 'G722' });
  await call.hangup();
});
