import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopes } from '../../../src/api-keys.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { protectedRoutes } from './protected-routes.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(protectedRoutes)(
  '$method $path refuses a key with every scope but $scope',
  async ({ method, path, scope }) => {
    const key = await server.scopedKey(...scopes.filter((one) => one !== scope));
    const { status, body } = await server.problem(method, path, { key });
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'scope_missing', error: 'Forbidden' });
    expect(body.detail).toContain(scope);
  },
);

test.each(protectedRoutes)('$method $path accepts a key with $scope alone', async ({ method, path, scope }) => {
  const authorization = `Bearer ${await server.scopedKey(scope)}`;
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers: { authorization } });
  expect([401, 403]).not.toContain(response.status);
  // Streams of events have no end of their own.
  await response.body?.cancel();
});
