import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { documentedOperations } from '../documented-operations.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(documentedOperations.filter(({ example }) => example !== undefined))(
  'the example of $method $path is accepted as it stands',
  async ({ method, path, example }) => {
    expect(path).not.toContain('{');
    const { status } = await server.request(method, path, { key: server.adminKey, body: example });
    expect(status).toBe(200);
  },
);
