import { connect } from 'node:tls';
import { makeSelfSignedCertificate, readCertificate } from '@dialplane/sip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../src/index.ts';
import { greetingHz, MemoryDirectory, pickUpTelephone, startService, type Telephone } from './scene.ts';

let directory: MemoryDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new MemoryDirectory();
  telephone = await pickUpTelephone(32000);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('a call is answered, greeted in sound, and written down in order', async () => {
  const { call, outcome } = await telephone.dial(service.sipPort);
  expect(outcome).toMatchObject({ status: 200, sessionId: 'session-0' });
  await until(() => telephone.heard(greetingHz) > -20);
  await call.hangup();
  const ended = await directory.event(0, 'ended');
  expect(ended).toMatchObject({ reason: 'caller_hung_up', by: 'caller', sipCode: 200 });

  const events = directory.calls[0]?.events ?? [];
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
  expect(events.map(({ kind }) => kind).slice(0, 5)).toEqual([
    'invite_received',
    'routed',
    'ringing',
    'answered',
    'media_started',
  ]);
  expect(events.at(-1)?.kind).toBe('ended');
  const times = events.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(directory.calls[0]?.opening).toMatchObject({ caller: '+12025550199', called: '+12025550100', orgId: 'org-1' });
});

test('the row and invite_received are stored before the 200', async () => {
  let stored: () => void = () => {};
  directory.beforeOpen = () =>
    new Promise((resolve) => {
      stored = resolve;
    });
  let answered = false;
  const dialled = telephone.dial(service.sipPort).then((call) => {
    answered = true;
    return call;
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(answered).toBe(false);
  stored();
  const { call } = await dialled;
  expect(directory.calls[0]?.opening.events[0]?.kind).toBe('invite_received');
  await call.hangup();
});

test('the agent header picks the agent', async () => {
  const { call } = await telephone.dial(service.sipPort, { headers: { 'X-OPENCX-AGENT-ID': 'agent-2' } });
  expect(await directory.event(0, 'routed')).toMatchObject({ agentId: 'agent-2' });
  await call.hangup();
});

test('no agent is 480, no common codec is 488, a stranger is 403', async () => {
  const silly = await telephone.dial(service.sipPort, {
    sdp: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n',
  });
  expect(silly.outcome.status).toBe(488);
  expect((await telephone.dial(service.sipPort, { user: 'stranger' })).outcome.status).toBe(403);
  directory.agents = [];
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(480);
  await until(() => service.activeCalls === 0);
});

test('an audio line without an address is 488, not our failure', async () => {
  const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';
  expect((await telephone.dial(service.sipPort, { sdp })).outcome.status).toBe(488);
});

test('a store that is down is a 500 and leaves no call behind', async () => {
  directory.beforeOpen = async () => {
    throw new Error('connection refused');
  };
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(500);
  await until(() => service.activeCalls === 0);
  expect(service.mediaLoad).toEqual([0]);
});

test('a caller who gives up while the store works leaves a cancelled call and no media', async () => {
  let stored: () => void = () => {};
  let asked: () => void = () => {};
  const storeAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  directory.beforeOpen = () => {
    asked();
    return new Promise((resolve) => {
      stored = resolve;
    });
  };
  let cancel: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    const call = telephone.endpoint.call({
      target: `sip:+12025550100@127.0.0.1:${service.sipPort}`,
      from: 'sip:+12025550199@127.0.0.1',
      credentials: { username: 'pbx', password: 'correct horse' },
      sdp: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n',
      handlers: { refused: () => resolve(), ended: () => resolve() },
    });
    cancel = () => void call.hangup();
  });
  await storeAsked;
  cancel();
  await over;
  stored();
  expect(await directory.event(0, 'ended')).toMatchObject({ reason: 'caller_cancelled', sipCode: 487 });
  await until(() => service.activeCalls === 0);
  expect(service.mediaLoad).toEqual([0]);
});

test('without a free port the caller hears 503 and the record says why', async () => {
  await service.close();
  service = await startService(directory, { rtpPortMin: 30_000, rtpPortMax: 30_001 });
  const first = await telephone.dial(service.sipPort);
  expect(first.outcome.status).toBe(200);
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(503);
  expect(await directory.event(1, 'ended')).toMatchObject({ reason: 'over_capacity', class: 'ours' });
  await first.call.hangup();
});

test('closing ends calls with a BYE that says why, and the record is complete', async () => {
  const { ended } = await telephone.dial(service.sipPort);
  await directory.event(0, 'media_started');
  await service.close();
  expect(await ended).toContain('cause=16');
  expect(directory.calls[0]?.events.at(-1)).toMatchObject({ kind: 'ended', reason: 'ended_by_person' });
});

test('a caller who sends nothing is told apart from one who is heard', async () => {
  const { call } = await telephone.dial(service.sipPort, { silent: true });
  await directory.event(0, 'media_started');
  await call.hangup();
  expect(await directory.event(0, 'media_verdict')).toMatchObject({
    verdict: 'never_any_media',
    sentence: expect.stringContaining('and received none: their firewall or NAT'),
  });
});

test('a call over TLS is answered, and its trunk is seen; a renewed certificate counts for the next connection', async () => {
  await service.close();
  const certificateOf = (name: string) =>
    makeSelfSignedCertificate({ names: [name], validFromMs: Date.now(), validDays: 1 });
  service = await startService(directory, { tls: { ...certificateOf('localhost'), port: 0 } });
  const port = service.sipTlsPort ?? 0;
  const { call, outcome } = await telephone.dial(port, { tls: true });
  expect(outcome.status).toBe(200);
  expect(directory.sightings).toEqual([
    { trunkId: 'trunk-1', style: 'digest', source: expect.stringMatching(/^127\.0\.0\.1:\d+$/) },
  ]);
  expect(service.reachability.transports.map(({ transport }) => transport)).toEqual(['udp', 'tcp', 'tls']);
  await call.hangup();
  const renewed = certificateOf('127.0.0.1');
  service.setTlsIdentity(renewed);
  const shown = await new Promise<string>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
      socket.destroy();
    });
  });
  expect(shown).toBe(readCertificate(renewed.certificatePem).fingerprint);
});
