import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { knowledge, phoneAgentVersions, transferDestinations } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, makeArticle, makeDestination, versionsOf } from '../agent-requests.ts';
import { plainAgent } from '../whole-agent.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('what the draft names is gone since: nothing is published', async () => {
  const agent = await makeAgent(server, { name: 'Live' });
  const body = {
    name: 'Draft',
    instructions: ['Be brief.', await makeArticle(server)],
    failover_transfer_destination_id: await makeDestination(server),
  };
  expect((await server.request('POST', `/phone/${agent.id}/versions`, { body })).status).toBe(200);
  await server.store.db.delete(knowledge);
  await server.store.db.delete(transferDestinations);
  const answer = await server.problem('POST', `/phone/${agent.id}/versions/2/publish`);
  expect([answer.status, answer.body.code]).toEqual([422, 'reference_unknown']);
  expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual([
    '/instructions/1',
    '/failover_transfer_destination_id',
  ]);
  expect(await versionsOf(server, agent.id)).toEqual(['2 draft Draft', '1 published Live']);
  expect((await server.request('GET', `/phone/${agent.id}`)).body).toEqual(agent);
});

test('a voice that the synthesiser no longer has', async () => {
  const { id } = await makeAgent(server);
  await server.request('POST', `/phone/${id}/versions`, { body: { name: 'Draft' } });
  const settings = { ...plainAgent, name: 'Draft', voice_id: 'retired' };
  await server.store.db.update(phoneAgentVersions).set({ settings }).where(eq(phoneAgentVersions.state, 'draft'));
  const answer = await server.problem('POST', `/phone/${id}/versions/2/publish`);
  expect([answer.status, answer.body.code]).toEqual([422, 'reference_unknown']);
  expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual(['/voice_id']);
});
