import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a body that is cut off is malformed', async () => {
  expect((await server.problem('POST', outboundPath, { rawBody: '{' })).body.code).toBe('malformed_json');
});
