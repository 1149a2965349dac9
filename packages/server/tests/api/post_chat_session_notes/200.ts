import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
let path: string;
beforeAll(async () => {
  server = await startTestServer();
  path = `/chat/sessions/${await insertSession(server.store.db, server.acme.id)}`;
});
afterAll(() => server.stop());

interface History {
  readonly items: readonly { readonly event: { readonly type: string; readonly content: { readonly text: string } } }[];
}

const history = async () =>
  (await server.request<History>('GET', `${path}/history`)).body.items.map(({ event }) => event.type);

test('a note stands in the history', async () => {
  const body = { text: 'Called back, no answer.', author: 'Ada' };
  const answer = await server.request('POST', `${path}/notes`, { body });
  expect(answer).toMatchObject({
    status: 200,
    body: {
      event: {
        type: 'human_agent_comment',
        sender: { type: 'human_agent', name: 'Ada' },
        content: { type: 'text', text: 'Called back, no answer.' },
      },
    },
  });
  expect((await server.request<History>('GET', `${path}/history`)).body.items).toEqual([answer.body]);
  expect(await history()).toEqual(['human_agent_comment']);
});
