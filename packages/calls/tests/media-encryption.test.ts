import {
  isSrtpSuite,
  newSrtpKey,
  readInlineKey,
  type SrtpKeys,
  type SrtpSuite,
  srtpProfiles,
  writeInlineKey,
} from '@dialplane/rtp';
import { audioOffer, type NegotiatedAudio } from '@dialplane/sip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../src/index.ts';
import { greetingHz, MemoryDirectory, pickUpTelephone, startService, type Telephone } from './scene.ts';

let directory: MemoryDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new MemoryDirectory();
  telephone = await pickUpTelephone(32600);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

function offer(suite: SrtpSuite, options: { required?: boolean; keyParameters?: string; version?: number } = {}) {
  const keyParameters = options.keyParameters ?? writeInlineKey(newSrtpKey(suite));
  return audioOffer({
    address: '127.0.0.1',
    port: telephone.leg.localPort,
    sessionId: 1,
    sessionVersion: options.version ?? 1,
    codecs: ['PCMU'],
    crypto: [{ tag: 1, suite, keyParameters, sessionParameters: [] }],
    cryptoRequired: options.required ?? true,
  });
}

function keys({ crypto }: NegotiatedAudio): SrtpKeys | undefined {
  if (!crypto || !isSrtpSuite(crypto.local.suite)) return undefined;
  const local = readInlineKey(crypto.local.suite, crypto.local.keyParameters);
  const remote = readInlineKey(crypto.local.suite, crypto.remote.keyParameters);
  return local && remote && { local, remote };
}

test.each(Object.keys(srtpProfiles).filter(isSrtpSuite))('a caller with %s is heard and hears', async (suite) => {
  const { call, outcome } = await telephone.dial(service.sipPort, { sdp: offer(suite), keys });
  expect(outcome.answer?.media[0]?.protocol).toBe('RTP/SAVP');
  await until(() => telephone.heard(greetingHz) > -20);
  expect(telephone.leg.stats.undecipherable).toBe(0);
  expect(await directory.event(0, 'answered')).toMatchObject({ encrypted: { signalling: false, media: true } });
  await call.hangup();
  expect(await directory.event(0, 'media_verdict')).toMatchObject({ verdict: 'both_ways' });
});

test('keys beside plain RTP are taken where the trunk allows it, and left where it is off', async () => {
  const sdp = offer('AES_CM_128_HMAC_SHA1_80', { required: false });
  const allowed = await telephone.dial(service.sipPort, { sdp, keys });
  expect(allowed.outcome.answer?.media[0]?.attributes.some(({ name }) => name === 'crypto')).toBe(true);
  await allowed.call.hangup();
  directory.trunk = { mediaEncryption: 'off' };
  const off = await telephone.dial(service.sipPort, { sdp, keys });
  expect(off.outcome.answer?.media[0]?.attributes.some(({ name }) => name === 'crypto')).toBe(false);
  expect(await directory.event(1, 'answered')).toMatchObject({ encrypted: { signalling: false, media: false } });
  await off.call.hangup();
});

test('a new key in a re-INVITE is spoken with', async () => {
  const suite = 'AES_CM_128_HMAC_SHA1_80';
  const { call } = await telephone.dial(service.sipPort, { sdp: offer(suite), keys });
  const ours = newSrtpKey(suite);
  const changed = await call.change(offer(suite, { keyParameters: writeInlineKey(ours), version: 2 }));
  const theirs = changed.kind === 'agreed' && changed.answer.media[0]?.attributes.find(({ name }) => name === 'crypto');
  const remote = readInlineKey(suite, theirs ? (theirs.value?.split(' ')[2] ?? '') : '');
  expect(remote).toBeDefined();
  telephone.leg.connect({
    remote: { address: '127.0.0.1', port: telephone.leg.target?.port ?? 0 },
    payloadType: 0,
    srtp: remote && { local: ours, remote },
  });
  await until(() => telephone.heard(greetingHz) > -20);
  expect(telephone.leg.stats.undecipherable).toBe(0);
  await call.hangup();
});

test.each([
  ['no key', () => audioOffer({ address: '127.0.0.1', port: 4000, sessionId: 1, codecs: ['PCMU'] })],
  ['a key of the wrong length', () => offer('AEAD_AES_128_GCM', { keyParameters: 'inline:AAAA' })],
])('a trunk that requires encryption turns away an offer with %s', async (_, sdp) => {
  directory.trunk = { mediaEncryption: 'require' };
  const { outcome } = await telephone.dial(service.sipPort, { sdp: sdp() });
  expect(outcome.status).toBe(488);
  expect(directory.refusals.at(-1)).toMatchObject({ code: 'encryption_required' });
});

test('a trunk with encryption off turns away who offers nothing else', async () => {
  directory.trunk = { mediaEncryption: 'off' };
  const { outcome } = await telephone.dial(service.sipPort, { sdp: offer('AES_CM_128_HMAC_SHA1_80') });
  expect(outcome.status).toBe(488);
});
