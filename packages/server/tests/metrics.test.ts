import type { CallDirectory, CallEvent, NotedRefusal, OpenedCall } from '@dialplane/calls';
import { endings } from '@dialplane/calls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMetrics, type Metrics, measuredDirectory } from '../src/metrics/index.ts';

const call: OpenedCall = { id: 'c', orgId: 'o', sessionId: 's', startedAt: new Date(0), history: [] };
const outgoingCall: OpenedCall = { ...call, id: 'o' };
const timing = { endpointingMs: 500, recogniserMs: 80, modelMs: 4, synthesisMs: 20, pacingMs: 15, earToEarMs: 619 };

let metrics: Metrics;
let stored: CallEvent[];
let directory: CallDirectory;
beforeEach(() => {
  metrics = createMetrics();
  stored = [];
  const kept: CallDirectory = {
    findCredential: async () => undefined,
    findTrunk: async () => undefined,
    findAgentProfile: async () => undefined,
    openCall: async () => call,
    openOutgoingCall: async () => outgoingCall,
    appendEvents: async (_call, events) => {
      if (events.some(({ seq }) => seq < 0)) throw new Error('The database is away.');
      stored.push(...events);
    },
    noteSeen: () => {},
    noteRefusal: () => {},
  };
  directory = measuredDirectory(kept, metrics);
});
afterEach(() => metrics.close());

const open = () =>
  directory.openCall({
    orgId: 'o',
    trunkId: 't',
    trunkKind: 'inbound',
    agentId: 'a',
    sipCallId: 'x',
    caller: null,
    callerIsNumber: false,
    callerName: null,
    called: '1',
    host: '127.0.0.1',
    startedAt: new Date(0),
    events: [],
  });

const ended: CallEvent = { kind: 'ended', reason: 'caller_hung_up', ...endings.caller_hung_up, seq: 3, atMs: 9000 };

test('counts calls while they last, and how they ended', async () => {
  await open();
  await open();
  await directory.appendEvents(call, [
    { kind: 'answered', codec: 'PCMU', encrypted: { signalling: false, media: false }, seq: 1, atMs: 120 },
  ]);
  expect(await metrics.expose()).toMatch(/^dialplane_calls_active 2$/m);
  await directory.appendEvents(call, [ended]);
  const text = await metrics.expose();
  expect(text).toMatch(/^dialplane_calls_active 1$/m);
  expect(text).toMatch(/^dialplane_calls_ended_total\{ending="caller_hung_up",class="[a-z]+"\} 1$/m);
  expect(text).toContain('dialplane_answer_delay_seconds_bucket{le="0.15"} 1');
  expect(text).toContain('dialplane_answer_delay_seconds_bucket{le="0.1"} 0');
  expect(stored).toHaveLength(2);
});

test('counts where the time of an answer went, by stage', async () => {
  await directory.appendEvents(call, [
    {
      kind: 'agent_spoke',
      text: 'Hello.',
      fromMs: 1000,
      toMs: 2000,
      interrupted: false,
      purpose: 'answer',
      answersSpeechEndMs: 381,
      timing,
      seq: 2,
      atMs: 2000,
    },
    { kind: 'provider_failed', stage: 'model', code: 'timeout', message: 'late', seq: 3, atMs: 2100 },
  ]);
  const text = await metrics.expose();
  expect(text).toContain('dialplane_turn_latency_seconds_sum{stage="ear_to_ear"} 0.619');
  expect(text).toContain('dialplane_turn_latency_seconds_count{stage="endpointing"} 1');
  expect(text).toContain('dialplane_provider_errors_total{stage="model",code="timeout"} 1');
});

test('what could not be stored is counted when it is, not before', async () => {
  await open();
  await expect(directory.appendEvents(call, [{ ...ended, seq: -1 }])).rejects.toThrow('away');
  expect(await metrics.expose()).toMatch(/^dialplane_calls_active 1$/m);
});

test('counts refusals by status and reason, without who called', async () => {
  const refusal: NotedRefusal = {
    at: new Date(0),
    source: '192.0.2.1:5060',
    transport: 'udp',
    method: 'INVITE',
    sipCallId: 'x',
    trunk: undefined,
    username: 'nobody',
    caller: '+12025550187',
    called: null,
    status: 403,
    code: 'wrong_credentials',
    reason: 'The password is wrong.',
    steps: [],
  };
  directory.noteRefusal(refusal);
  const text = await metrics.expose();
  expect(text).toContain('dialplane_sip_refusals_total{status="403",code="wrong_credentials"} 1');
  expect(text).not.toMatch(/12025550187|192\.0\.2\.1|nobody/);
});

test('a call that we make is active, but how long it rings is no delay of ours', async () => {
  const outgoing = await directory.openOutgoingCall({
    orgId: 'o',
    trunkId: 't',
    agentId: null,
    sipCallId: 'x',
    caller: '+12025550100',
    called: '+12025550199',
    startedAt: new Date(0),
    events: [],
  });
  await directory.appendEvents(outgoing, [
    { kind: 'answered', codec: 'PCMU', encrypted: { signalling: false, media: false }, seq: 2, atMs: 20_000 },
  ]);
  const text = await metrics.expose();
  expect(text).toContain('dialplane_calls_active 1');
  expect(text).toContain('dialplane_answer_delay_seconds_count 0');
});

test('what happens on the SIP sockets is read when it is asked for', async () => {
  let open = 2;
  metrics.watchSipTransports(() => ({
    connections: { open, refused: 1, closedIdle: 3, failedPings: 4 },
    refusedHandshakes: 5,
    largeRequests: 7,
    largeRequestsOverUdp: 6,
  }));
  await metrics.expose();
  open = 8;
  const text = await metrics.expose();
  expect(text).toContain('dialplane_sip_connections 8');
  for (const [event, count] of [
    ['connection_refused', 1],
    ['idle_connection_closed', 3],
    ['ping_unanswered', 4],
    ['tls_handshake_refused', 5],
    ['large_request', 7],
    ['large_request_over_udp', 6],
  ]) {
    expect(text).toContain(`dialplane_sip_transport_events_total{event="${event}"} ${count}`);
  }
});
