import { audioOffer, negotiateAudio } from '@dialplane/sip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../src/index.ts';
import { LateCaller } from './late-caller.ts';
import { greetingHz, MemoryDirectory, pickUpTelephone, startService, type Telephone } from './scene.ts';

let directory: MemoryDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new MemoryDirectory();
  telephone = await pickUpTelephone(32300);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function offerOf(options: {
  direction?: 'sendonly' | 'inactive';
  codecs?: readonly ('PCMU' | 'PCMA')[];
  address?: string;
}) {
  const { codecs = ['PCMU'], address = '127.0.0.1', ...direction } = options;
  return audioOffer({ address, port: telephone.leg.localPort, sessionId: 1, sessionVersion: 2, codecs, ...direction });
}

test.each([
  ['sendonly', { direction: 'sendonly' }, 'recvonly'],
  ['inactive', { direction: 'inactive' }, 'inactive'],
  ['0.0.0.0', { address: '0.0.0.0' }, 'recvonly'],
] as const)('a call on hold by %s hears nothing and goes on where it was', async (_, hold, answered) => {
  const { call } = await telephone.dial(service.sipPort);
  await until(() => telephone.heard(greetingHz) > -20);
  const held = await call.change(offerOf(hold));
  expect(held).toMatchObject({ kind: 'agreed' });
  expect(held.kind === 'agreed' && held.answer.media[0]?.attributes.map(({ name }) => name)).toContain(answered);
  await directory.event(0, 'hold_started');
  const sentBefore = telephone.leg.stats.received;
  await pause(300);
  // What was on the way when the hold was answered may still come in.
  expect(telephone.leg.stats.received - sentBefore).toBeLessThan(3);
  expect(await call.change(offerOf({}))).toMatchObject({ kind: 'agreed' });
  await directory.event(0, 'hold_ended');
  await until(() => telephone.leg.stats.received > sentBefore + 10);
  await call.hangup();
  await directory.event(0, 'ended');
  const kinds = directory.calls[0]?.events.map(({ kind }) => kind) ?? [];
  expect(kinds.filter((kind) => kind.startsWith('hold'))).toEqual(['hold_started', 'hold_ended']);
});

test('another codec within the call is answered, used and written down', async () => {
  const { call } = await telephone.dial(service.sipPort);
  const changed = await call.change(offerOf({ codecs: ['PCMA'] }));
  expect(changed.kind === 'agreed' && changed.answer.media[0]?.formats).toContain('8');
  expect(await directory.event(0, 'codec_changed')).toMatchObject({ from: 'PCMU', codec: 'PCMA' });
  expect(await call.change(offerOf({}).replace('RTP/AVP 0', 'RTP/AVP 18'))).toMatchObject({
    kind: 'refused',
    status: 488,
  });
  await call.hangup();
});

test('a version of our description grows only when something has changed', async () => {
  const { call, outcome } = await telephone.dial(service.sipPort);
  const versions = [outcome.answer?.origin.sessionVersion];
  for (const change of [{}, {}, { direction: 'sendonly' }, {}] as const) {
    const outcome = await call.change(offerOf(change));
    versions.push(outcome.kind === 'agreed' ? outcome.answer.origin.sessionVersion : outcome.kind);
  }
  expect(versions).toEqual(['1', '1', '1', '2', '3']);
  await call.hangup();
});

test('an INVITE without offer gets ours with the 200, and sound once the ACK has answered it', async () => {
  const caller = await LateCaller.open(service.sipPort);
  const { body } = await caller.dial();
  expect(body).toContain('a=sendrecv');
  const offer = caller.parse(body);
  caller.acknowledge(
    negotiateAudio(offer, { address: '127.0.0.1', port: telephone.leg.localPort, codecs: ['PCMU'], sessionId: 9 })
      ?.answer,
  );
  expect(await directory.event(0, 'answered')).toMatchObject({ codec: 'PCMU' });
  await directory.event(0, 'media_started');
  caller.close();
});

test('an INVITE without offer whose ACK brings no answer ends as no_common_codec', async () => {
  const caller = await LateCaller.open(service.sipPort);
  await caller.dial();
  caller.acknowledge(undefined);
  expect(await directory.event(0, 'ended')).toMatchObject({ reason: 'no_common_codec' });
  caller.close();
});
