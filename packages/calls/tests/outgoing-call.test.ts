import { toneLevelDbfs } from '@dialplane/audio';
import { header } from '@dialplane/sip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CallService, DialRefused, type OutgoingTrunk } from '../src/index.ts';
import { carrierCredentials, openCarrier, type TestCarrier } from './carrier.ts';
import { greetingHz, MemoryDirectory, startService } from './scene.ts';

let directory: MemoryDirectory;
let service: CallService;
let carrier: TestCarrier;

beforeEach(async () => {
  directory = new MemoryDirectory();
  carrier = await openCarrier(34_000);
  service = await startService(directory, { rtpPortMin: 34_100, rtpPortMax: 34_199 });
});

afterEach(async () => {
  await service.close();
  await carrier.close();
});

function trunk(change: Partial<OutgoingTrunk> = {}): OutgoingTrunk {
  return {
    id: 'trunk-out',
    orgId: 'org-1',
    name: 'Carrier',
    host: '127.0.0.1',
    port: carrier.port,
    transport: 'udp',
    username: carrierCredentials.username,
    credentials: carrierCredentials,
    tls: undefined,
    fromUser: null,
    fromDomain: null,
    outboundProxy: null,
    callerNumber: '+12025550100',
    numberPolicy: 'e164',
    country: 'US',
    allowedCountries: [],
    codecs: ['PCMU', 'PCMA'],
    mediaEncryption: 'allow',
    maxCalls: null,
    callsPerSecond: null,
    ...change,
  };
}

const announcement = { voice: 'tone', sentences: ['One.', 'Two.'], pauseMs: 100, recordedAs: 'Two words.' };
const dial = (change: Partial<OutgoingTrunk> = {}) =>
  service.dial({ trunk: trunk(change), called: '+12025550123', agentId: null, announcement });
const kinds = () => directory.calls[0]?.events.map(({ kind }) => kind);

test('a call is dialled with credentials, answered, spoken to and hung up, and written down in order', async () => {
  carrier.onCall = (call) => {
    call.ring();
    setTimeout(() => carrier.answer(call), 50);
  };
  dial();
  expect(await directory.event(0, 'ended')).toMatchObject({ reason: 'agent_said_goodbye', sipCode: 200 });
  const invite = carrier.calls[0]?.request;
  expect([invite?.uri.user, invite?.from.uri.user]).toEqual(['+12025550123', '+12025550100']);
  expect(await carrier.ended).toMatchObject({ by: 'remote' });
  // A second for the hand to come to the ear, then two sentences of a second and their pauses.
  const heard = carrier.heard();
  expect(heard.length / 8).toBeGreaterThan(3000);
  expect(toneLevelDbfs(heard.subarray(0, 7200), 8000, greetingHz)).toBeLessThan(-40);
  expect(toneLevelDbfs(heard.subarray(9600, 14_400), 8000, greetingHz)).toBeGreaterThan(-20);
  expect(kinds()).toEqual(['routed', 'ringing', 'answered', 'media_started', 'agent_spoke', 'media_verdict', 'ended']);
  expect(await directory.event(0, 'agent_spoke')).toMatchObject({ text: 'Two words.', interrupted: false });
  expect(directory.outgoing[0]).toMatchObject({ trunkId: 'trunk-out', called: '+12025550123', caller: '+12025550100' });
  expect(directory.outgoing[0]?.sipCallId).toBe(carrier.calls[0]?.callId);
});

test.each([
  [486, 'busy', 17],
  [404, 'number_not_in_service', 1],
  [603, 'declined', 21],
  [503, 'carrier_congested', 42],
  [403, 'carrier_refused', 21],
])('%i from the carrier is %s', async (status, reason, q850Cause) => {
  carrier.onCall = (call) => call.refuse(status);
  dial();
  expect(await directory.event(0, 'ended')).toMatchObject({
    reason,
    sipCode: status,
    q850Cause,
    sentence: expect.stringContaining(`The carrier answered ${status} `),
  });
  expect(service.activeCalls).toBe(0);
});

test('early media is noted and lets the answer count', async () => {
  carrier.onCall = (call) => {
    call.earlyMedia(carrier.describe(call) ?? '');
    setTimeout(() => carrier.answer(call), 50);
  };
  const call = dial();
  await directory.event(0, 'answered');
  await call.hangUp();
  expect(await directory.event(0, 'early_media')).toMatchObject({ status: 183 });
  expect(kinds()?.slice(0, 4).toSorted()).toEqual(['answered', 'early_media', 'ringing', 'routed']);
});

test('wrong credentials are a refusal of the carrier', async () => {
  dial({ credentials: { username: 'account', password: 'wrong' } });
  expect(await directory.event(0, 'ended')).toMatchObject({ reason: 'carrier_refused', class: 'upstream' });
});

test('a carrier that is not there is unreachable', async () => {
  dial({ port: 9, transport: 'tcp' });
  expect(await directory.event(0, 'ended')).toMatchObject({ reason: 'unreachable' });
});

test('nobody answers: the call is cancelled after its time', async () => {
  await service.close();
  service = await startService(directory, { rtpPortMin: 34_100, rtpPortMax: 34_199, ringTimeoutMs: 300 });
  carrier.onCall = (call) => call.ring();
  dial();
  expect(await directory.event(0, 'ended')).toMatchObject({ reason: 'no_answer' });
  expect(await carrier.ended).toEqual({ by: 'cancel' });
});

test('a hang-up while it rings cancels the call', async () => {
  const rung = Promise.withResolvers<void>();
  carrier.onCall = (call) => {
    call.ring();
    rung.resolve();
  };
  const call = dial();
  await rung.promise;
  await directory.event(0, 'ringing');
  expect([call.say('Hello.'), call.pressDigits('1')]).toEqual(['not_answered', 'not_answered']);
  await call.hangUp();
  expect(await carrier.ended).toEqual({ by: 'cancel' });
  expect(kinds()).toEqual(['routed', 'ringing', 'ended']);
});

test('the called party hangs up in the middle of a sentence', async () => {
  dial();
  await directory.event(0, 'media_started');
  await new Promise((resolve) => setTimeout(resolve, 200));
  await carrier.calls[0]?.hangup();
  expect(await directory.event(0, 'ended')).toMatchObject({
    reason: 'caller_hung_up',
    sentence: 'The called party hung up.',
  });
  expect(await directory.event(0, 'agent_spoke')).toMatchObject({ interrupted: true });
});

test('an account in From leaves the number to P-Asserted-Identity', async () => {
  dial({ fromUser: 'account' });
  await directory.event(0, 'answered');
  const invite = carrier.calls[0]?.request;
  expect(invite?.from.uri.user).toBe('account');
  expect(invite && header(invite, 'P-Asserted-Identity')).toContain('sip:+12025550100@');
});

test('what a trunk may not dial is not dialled', () => {
  expect(() => dial({ allowedCountries: ['DE'] })).toThrow(DialRefused);
  carrier.onCall = (call) => call.ring();
  dial({ maxCalls: 1 });
  expect(() => dial({ maxCalls: 1 })).toThrow(/as many calls as it may have/);
});

test('closing cancels what rings, and the record is complete', async () => {
  carrier.onCall = (call) => call.ring();
  dial();
  await directory.event(0, 'ringing');
  await service.close();
  expect(directory.calls[0]?.events.at(-1)).toMatchObject({ kind: 'ended', reason: 'ended_by_person' });
});
