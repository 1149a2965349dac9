import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { destinationPath, makeDestinationBy } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('one destination', async () => {
  const made = await makeDestinationBy(server, {});
  const { status, body } = await server.request('GET', `${destinationPath}/${made.id}`);
  expect([status, body]).toEqual([200, made]);
});
