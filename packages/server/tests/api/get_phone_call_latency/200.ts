import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const timing = (earToEarMs: number) => ({
  endpointingMs: earToEarMs - 100,
  recogniserMs: 10,
  modelMs: 20,
  synthesisMs: 30,
  pacingMs: 40,
  earToEarMs,
});

test('the waterfall of every answer, the set-up, and what is usual', async () => {
  const { store, acme } = server;
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
  const { body } = await server.request('GET', `/phone/calls/${id}/latency`);
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
