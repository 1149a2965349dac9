import { afterAll, beforeAll, expect, test } from 'vitest';
import { knowledge } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { type AgentBody, makeAgent, makeArticle, versionsOf } from '../agent-requests.ts';
import { plainAgent, wholeAgent } from '../whole-agent.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const patch = (id: string, body: object) => server.request<AgentBody>('PATCH', `/phone/${id}`, { body });

test('changes every field, answers with the agent, and back', async () => {
  const made = await makeAgent(server, { name: 'Before' });
  const { status, body } = await patch(made.id, wholeAgent);
  expect(status).toBe(200);
  expect(body).toEqual({ ...made, ...wholeAgent, updated_at: expect.any(String) });
  expect(Date.parse(body.updated_at)).toBeGreaterThan(Date.parse(made.updated_at));
  expect((await server.request('GET', `/phone/${made.id}`)).body).toEqual(body);

  const nulls = Object.fromEntries(Object.keys(plainAgent).map((field) => [field, null]));
  expect((await patch(made.id, nulls)).body).toMatchObject({ name: 'Whole', ...plainAgent });
});

test.each(Object.entries(wholeAgent).filter(([field]) => !['language', 'languages'].includes(field)))(
  '%s alone changes nothing else',
  async (field, value) => {
    const made = await makeAgent(server);
    const { body } = await patch(made.id, { [field]: value });
    expect(body).toEqual({ ...made, [field]: value, updated_at: expect.any(String) });
  },
);

test.each([
  [{ language: 'fr' }, 'fr', ['fr']],
  [{ language: ['fr', 'en'] }, ['fr', 'en'], ['fr', 'en']],
  [{ languages: ['es', 'en'] }, 'es', ['es', 'en']],
  [{ language: 'en', languages: ['en', 'es', 'fr'] }, 'en', ['en', 'es', 'fr']],
  [{ language: null }, null, []],
  [{ languages: null }, null, []],
  [{ name: 'Same languages' }, 'en', ['en', 'es']],
])('an agent of en and es with %j', async (change, language, languages) => {
  const { id } = await makeAgent(server, { language: 'en', languages: ['en', 'es'] });
  expect((await patch(id, change)).body).toMatchObject({ language, languages });
});

test('an answer can be sent back as it is', async () => {
  for (const language of ['en', ['en', 'es'], null]) {
    const made = await makeAgent(server, { ...wholeAgent, language, languages: language && ['en', 'es'] });
    const { status, body } = await patch(made.id, made);
    expect(status).toBe(200);
    expect(body).toEqual(made);
  }
});

test('each change is a published version; none is none', async () => {
  const { id } = await makeAgent(server, { name: 'One' });
  await patch(id, { name: 'Two' });
  await patch(id, { name: 'Two' });
  await patch(id, {});
  await patch(id, { name: 'Three', colour: 'red' });
  expect(await versionsOf(server, id)).toEqual(['3 published Three', '2 superseded Two', '1 superseded One']);
});

test('changes at the same time are versions one after the other', async () => {
  const { id } = await makeAgent(server);
  const changes = [1, 2, 3, 4, 5].map((speed) => patch(id, { tts_speed_pct: speed }));
  expect((await Promise.all(changes)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  const states = (await versionsOf(server, id)).map((version) => version.split(' ').slice(0, 2).join(' '));
  expect(states).toEqual([
    '6 published',
    '5 superseded',
    '4 superseded',
    '3 superseded',
    '2 superseded',
    '1 superseded',
  ]);
});

test('the next call hears it at once', async () => {
  const { id } = await makeAgent(server, { first_message: 'Old' });
  const settings = async () => (await server.services.profiles.find(server.acme.id, id))?.settings;
  expect(await settings()).toMatchObject({ firstMessage: 'Old', disclosure: '' });
  await patch(id, { first_message: 'New', disclosure: 'Recorded.' });
  expect(await settings()).toMatchObject({ firstMessage: 'New', disclosure: 'Recorded.' });
});

test('new instructions replace what the agent can say', async () => {
  const { id } = await makeAgent(server, { instructions: ['We sell bread.'] });
  const article = await makeArticle(server);
  const spoken = async () =>
    (await server.services.profiles.find(server.acme.id, id))?.vocabulary.sentences.filter((text) =>
      text.startsWith('We '),
    );
  expect(await spoken()).toEqual(['We sell bread.']);
  await patch(id, { instructions: [article, 'We sell cake.'] });
  expect(await spoken()).toEqual(['We sell cake.', 'We are open from nine to five.']);
  await patch(id, { instructions: null });
  expect(await spoken()).toEqual([]);
});

test('an article that is gone since keeps nobody from changing something else', async () => {
  const article = await makeArticle(server);
  const { id } = await makeAgent(server, { instructions: [article] });
  await server.store.db.delete(knowledge);
  expect((await patch(id, { name: 'Still changeable' })).status).toBe(200);
});

test("an id in capitals is the same agent's", async () => {
  const { id } = await makeAgent(server);
  await server.services.profiles.find(server.acme.id, id);
  expect((await patch(id.toUpperCase(), { first_message: 'Loud' })).status).toBe(200);
  expect((await server.services.profiles.find(server.acme.id, id))?.settings.firstMessage).toBe('Loud');
});
