import { afterAll, beforeAll, expect, test } from 'vitest';
import { knowledge } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, makeArticle, versionsOf } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('an article of the earlier version is gone since: nothing is published', async () => {
  const { id } = await makeAgent(server, { name: 'One', instructions: [await makeArticle(server)] });
  await server.request('PATCH', `/phone/${id}`, { body: { name: 'Two', instructions: null } });
  await server.store.db.delete(knowledge);
  const { status, body } = await server.problem('POST', `/phone/${id}/versions/1/rollback`);
  expect([status, body.code]).toEqual([422, 'reference_unknown']);
  expect(body.errors).toMatchObject([{ pointer: '/instructions/0', code: 'knowledge_unknown' }]);
  expect(await versionsOf(server, id)).toEqual(['2 published Two', '1 superseded One']);
});
