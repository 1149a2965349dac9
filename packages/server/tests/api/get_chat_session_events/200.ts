import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStream } from '../../event-stream.ts';
import { insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
let path: string;
beforeAll(async () => {
  server = await startTestServer();
  path = `/chat/sessions/${await insertSession(server.store.db, server.acme.id)}`;
});
afterAll(() => server.stop());

const note = (text: string, to = path) => server.request<{ id: string }>('POST', `${to}/notes`, { body: { text } });

test('tells what comes, with the ids of the history, and resumes behind the last id also before the first event', async () => {
  await note('Before.');
  const first = await openStream(server, `${path}/events`);
  while (first.lastId() === '') await new Promise((resolve) => setTimeout(resolve, 5));
  first.close();
  expect(first.events).toEqual([]);

  // Missed while cut off; a neighbour's never shows.
  const missed = await note('Missed.');
  await note('Elsewhere.', `/chat/sessions/${await insertSession(server.store.db, server.acme.id)}`);
  const second = await openStream(server, `${path}/events`, { lastEventId: first.lastId() });
  const event = await second.event('human_agent_comment');
  expect(event.data).toEqual({
    id: missed.body.id,
    session_id: path.split('/').at(-1),
    call_id: null,
    seq: null,
    kind: 'human_agent_comment',
    occurred_at: expect.stringMatching(/Z$/),
    sender: { type: 'human_agent', name: null },
    text: 'Missed.',
  });
  await server.request('POST', `${path}/close`);
  await second.event('closed_resolved_by_api');
  expect(second.events.map((one) => one.event)).toEqual(['human_agent_comment', 'closed_resolved_by_api']);
  expect(Number(second.events[1]?.id)).toBeGreaterThan(Number(second.events[0]?.id));
  second.close();
});
