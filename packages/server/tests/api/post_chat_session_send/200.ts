import { afterAll, beforeAll, expect, test } from 'vitest';
import { memberships, users } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.request('POST', '/phone', {
    body: { name: 'Front desk', instructions: ['Opening hours: We are open from nine to five, Monday to Friday.'] },
  });
});
afterAll(() => server.stop());

interface Answer {
  readonly ai_response?: { readonly text: string; readonly error?: { readonly message: string } };
}

async function chat() {
  const { body } = await server.request<{ id: string }>('POST', '/chat/sessions');
  const path = `/chat/sessions/${body.id}`;
  return {
    path,
    send: (text: string) =>
      server.request<Answer>('POST', `${path}/send`, {
        body: { sender: 'contact', message: { type: 'text', text } },
      }),
    said: async () => {
      const history = await server.request<{
        items: { event: { type: string; sender: { type: string; name: string | null }; content: { text: string } } }[];
      }>('GET', `${path}/history`);
      return history.body.items.map(({ event }) => [event.type, event.sender.type, event.content.text] as const);
    },
  };
}

test('the brain that answers calls answers, and both messages are kept', async () => {
  const { send, said } = await chat();
  const { status, body } = await send('When are you open?');
  expect(status).toBe(200);
  expect(body).toEqual({ ai_response: { text: expect.stringContaining('nine to five') } });
  expect(await said()).toEqual([
    ['message', 'contact', 'When are you open?'],
    ['message', 'ai', body.ai_response?.text],
  ]);
});

test('earlier turns are known: a yes is understood by what was asked', async () => {
  const { send, path } = await chat();
  const offered = await send('What is the airspeed velocity of an unladen swallow?');
  expect(offered.body.ai_response?.text).toMatch(/\?$/);
  await send('Yes please.');
  expect((await server.request('GET', path)).body).toMatchObject({
    handoff: { summary: expect.stringContaining('swallow') },
  });
});

test('who asks for a person is noted', async () => {
  const { send, said, path } = await chat();
  await send('Can I talk to a person?');
  expect((await said()).map(([type]) => type)).toEqual(['message', 'message', 'handoff']);
  expect((await server.request('GET', path)).body).toMatchObject({ handoff: { summary: expect.any(String) } });
});

test('while a person has the session, the agent is quiet', async () => {
  const { store, acme } = server;
  const { send, said, path } = await chat();
  const [user] = await store.db
    .insert(users)
    .values({ email: `eve-${acme.id}@example.com`, name: 'Eve' })
    .returning();
  await store.db.insert(memberships).values({ orgId: acme.id, userId: user?.id ?? '', role: 'member' });
  await server.request('POST', `${path}/assign`, { body: { assignee_id: user?.id } });
  expect((await send('When are you open?')).body).toEqual({});
  expect((await said()).map(([, sender]) => sender)).toEqual(['system', 'contact']);
});
