import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([[{}], [{ text: '  ' }], [{ text: 'x'.repeat(2001) }], [{ text: 'a\0b' }]])(
  '%j is not valid',
  async (body) => {
    const answer = await server.problem('POST', '/phone/calls/00000000-0000-4000-8000-000000000000/say', { body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0]?.pointer).toBe('/text');
  },
);
