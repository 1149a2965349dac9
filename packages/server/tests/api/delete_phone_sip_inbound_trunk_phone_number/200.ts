import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['+12025550100', '%2B12025550100', '2025550100'])(
  'takes %s off the list and answers with the trunk',
  async (text) => {
    await server.request('DELETE', trunkPath);
    const made = await makeTrunk(server, { phone_numbers: ['+12025550100', '+12025550101'] });
    const { status, body } = await server.request('DELETE', `${trunkPath}/phone-numbers/${text}`);
    expect([status, body]).toEqual([
      200,
      { ...made, phone_numbers: ['+12025550101'], active_since: expect.any(String) },
    ]);
  },
);
