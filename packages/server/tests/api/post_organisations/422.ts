import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['no slug', { name: 'A' }, '/slug'],
  ['a slug with capitals', { name: 'A', slug: 'Acme' }, '/slug'],
  ['a slug that ends with a hyphen', { name: 'A', slug: 'acme-' }, '/slug'],
  ['an empty name', { name: ' ', slug: 'a' }, '/name'],
  ['a country in words', { name: 'A', slug: 'a', country: 'Germany' }, '/country'],
])('%s', async (_what, body, pointer) => {
  const answer = await server.problem('POST', '/organisations', { key: server.adminKey, body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => error.pointer)).toContain(pointer);
});
