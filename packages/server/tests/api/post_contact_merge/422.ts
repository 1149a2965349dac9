import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('needs exactly one other contact of the organisation', async () => {
  const make = async (key: string) =>
    (await server.request<{ id: string }>('POST', '/contacts', { key, body: { contact: {} } })).body.id;
  const own = await make(server.acme.key);
  const foreign = await make(server.other.key);
  const merge = async (body: unknown) => {
    const answer = await server.problem('POST', `/contacts/${own}/merge`, { body });
    return [answer.status, answer.body.code];
  };
  expect(await merge({})).toEqual([422, 'contact_merge_invalid']);
  expect(await merge({ into: foreign, from: foreign })).toEqual([422, 'contact_merge_invalid']);
  expect(await merge({ into: own })).toEqual([422, 'contact_merge_invalid']);
  expect(await merge({ into: foreign })).toEqual([422, 'contact_unknown']);
  expect(await merge({ from: foreign })).toEqual([422, 'contact_unknown']);
  expect(await merge({ into: 'x' })).toEqual([422, 'validation_failed']);
});
