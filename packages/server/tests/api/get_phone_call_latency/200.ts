import { expect, test } from 'vitest';
import { openStream } from '../../event-stream.ts';
import { liveTelephone } from '../../live-telephone.ts';
import { insertCall, insertSession } from '../../test-calls.ts';

const live = liveTelephone();

const timing = (earToEarMs: number) => ({
  endpointingMs: earToEarMs - 100,
  recogniserMs: 10,
  modelMs: 20,
  synthesisMs: 30,
  pacingMs: 40,
  earToEarMs,
});

test('the waterfall of every answer, the set-up, and what is usual', async () => {
  const { store, acme } = live.server;
  const sessionId = await insertSession(store.db, acme.id);
  const spoke = (
    text: string,
    fromMs: number,
    earToEarMs: number | null,
  ): [string, number, Record<string, unknown>] => [
    'agent_spoke',
    fromMs + 500,
    { text, fromMs, toMs: fromMs + 500, purpose: 'answer', timing: earToEarMs === null ? null : timing(earToEarMs) },
  ];
  const id = await insertCall(store.db, acme.id, {
    sessionId,
    startedAt: new Date(),
    events: [
      ['ringing', 8, {}],
      ['answered', 30, { codec: 'PCMU' }],
      ['agent_spoke', 900, { text: 'Hello.', fromMs: 70, toMs: 900, purpose: 'greeting', timing: null }],
      spoke('First.', 3000, 700),
      spoke('Are you still there?', 9000, null),
      spoke('Second.', 12_000, 900),
      spoke('Third.', 15_000, 800),
    ],
  });
  const { body } = await live.server.request('GET', `/phone/calls/${id}/latency`);
  expect(body).toEqual({
    id,
    set_up: { ringing_ms: 8, answered_ms: 30, greeting_ms: 40 },
    turns: [
      ['First.', 3000, 700],
      ['Second.', 12_000, 900],
      ['Third.', 15_000, 800],
    ].map(([text, atMs, whole]) => ({
      at_ms: atMs,
      text,
      endpointing_ms: Number(whole) - 100,
      recogniser_ms: 10,
      model_ms: 20,
      synthesis_ms: 30,
      pacing_ms: 40,
      ear_to_ear_ms: whole,
    })),
    ear_to_ear: { p50_ms: 800, p95_ms: 900, max_ms: 900 },
  });
});

test('of a call in progress: what the greeting took', async () => {
  const { id } = await live.dial();
  const stream = await openStream(live.server, `/phone/calls/${id}/events`);
  await stream.event('agent_spoke');
  await live.server.request('POST', `/phone/calls/${id}/hangup`);
  const { body } = await live.server.request('GET', `/phone/calls/${id}/latency`);
  expect(body).toMatchObject({
    id,
    set_up: { ringing_ms: expect.any(Number), answered_ms: expect.any(Number), greeting_ms: expect.any(Number) },
    turns: [],
    ear_to_ear: null,
  });
});
