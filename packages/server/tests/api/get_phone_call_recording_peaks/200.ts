import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRecording } from '../../test-recordings.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('the waveform, as fine as it is wanted', async () => {
  const { callId: id } = await insertRecording(server);
  const whole = await server.request('GET', `/phone/calls/${id}/recording/peaks`);
  const even = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18];
  expect([whole.status, whole.body]).toEqual([
    200,
    { id, duration_ms: 1000, peak_ms: 100, caller: even, agent: even.map((peak) => peak + 1) },
  ]);
  const coarse = await server.request('GET', `/phone/calls/${id}/recording/peaks?points=2`);
  expect(coarse.body).toMatchObject({ peak_ms: 500, caller: [8, 18], agent: [9, 19] });
});
