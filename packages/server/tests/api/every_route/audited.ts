import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { documentedOperations } from '../documented-operations.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Changes nothing. */
const readsOnly = new Set(['POST /phone/sip/route-test']);

test('whatever is no GET needs a scope to write with, or changes nothing', () => {
  const writes = documentedOperations.filter(({ method }) => method !== 'GET');
  const unguarded = writes.filter(({ scope }) => !scope || scope.endsWith(':read'));
  expect(unguarded.map(({ method, path }) => `${method} ${path}`)).toEqual([...readsOnly]);
});

test('whatever changes something is entered into the audit log, and nothing else', () => {
  const changing = documentedOperations.filter(
    ({ method, path }) => method !== 'GET' && !readsOnly.has(`${method} ${path}`),
  );
  expect(documentedOperations.filter(({ action }) => action !== undefined).map(({ id }) => id)).toEqual(
    changing.map(({ id }) => id),
  );
});

test.each(documentedOperations.filter(({ example, action }) => example !== undefined && action !== undefined))(
  '$method $path is entered into the audit log',
  async ({ method, path, example }) => {
    const { status, headers } = await server.request(method, path, { key: server.adminKey, body: example });
    expect(status).toBe(200);
    const { body } = await server.request<{ items: { request_id: string }[] }>('GET', '/audit-log?limit=1');
    expect(body.items[0]?.request_id).toBe(headers.get('x-request-id'));
  },
);
