import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRecording, type StoredRecording } from '../../test-recordings.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
let stored: StoredRecording;
beforeAll(async () => {
  server = await startTestServer();
  stored = await insertRecording(server);
});
afterAll(() => server.stop());

const hear = (headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  fetch(`http://127.0.0.1:${server.port}/phone/calls/${stored.callId}/recording`, {
    method,
    headers: { authorization: `Bearer ${server.acme.key}`, ...headers },
  });

test('the whole sound', async () => {
  const response = await hear();
  expect(response.status).toBe(200);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(stored.content);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'audio/wav',
    'content-length': String(stored.content.length),
    'accept-ranges': 'bytes',
    etag: `"${'ab'.repeat(32)}"`,
    'content-disposition': `inline; filename="call-${stored.callId}.wav"`,
  });
});

test('a part of it', async () => {
  const response = await hear({ range: 'bytes=44-99' });
  expect([response.status, response.headers.get('content-range')]).toEqual([
    206,
    `bytes 44-99/${stored.content.length}`,
  ]);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(stored.content.subarray(44, 100));
});

test('a part of another version is answered with the whole', async () => {
  expect((await hear({ range: 'bytes=44-99', 'if-range': '"other"' })).status).toBe(200);
  expect((await hear({ range: 'bytes=44-99', 'if-range': `"${'ab'.repeat(32)}"` })).status).toBe(206);
});

test('its length alone', async () => {
  const response = await hear({}, 'HEAD');
  expect([response.status, response.headers.get('content-length')]).toEqual([200, String(stored.content.length)]);
});

test('the call says where it is', async () => {
  const { body } = await server.request('GET', `/phone/calls/${stored.callId}`);
  const url = `/phone/calls/${stored.callId}/recording`;
  expect(body).toMatchObject({ recording: { state: 'stored', url, peaks_url: `${url}/peaks`, duration_ms: 1000 } });
});
