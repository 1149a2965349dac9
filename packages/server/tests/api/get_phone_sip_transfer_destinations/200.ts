import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { destinationPath, makeDestinationBy } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test("a bare array of the organisation's own, oldest first", async () => {
  expect((await server.request('GET', destinationPath)).body).toEqual([]);
  const made = [await makeDestinationBy(server, { name: 'A' }), await makeDestinationBy(server, { name: 'B' })];
  await makeDestinationBy(server, {}, server.other.key);
  const { status, body } = await server.request('GET', destinationPath);
  expect([status, body]).toEqual([200, made]);
});
