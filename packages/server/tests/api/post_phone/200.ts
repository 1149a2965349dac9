import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, makeArticle, makeDestination, versionsOf } from '../agent-requests.ts';
import { plainAgent, wholeAgent } from '../whole-agent.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('makes an agent from the documented example and answers with every field', async () => {
  const { status, headers, body } = await server.request('POST', '/phone', {
    body: {
      name: 'Support Agent',
      type: 'inbound',
      language: 'en',
      first_message: 'Hi, thanks for calling! How can I help you today?',
      use_org_knowledgebase: true,
    },
  });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(body).toEqual({
    ...plainAgent,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    org_id: server.acme.id,
    phone_number: null,
    provider_external_id: null,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    updated_at: expect.any(String),
    name: 'Support Agent',
    language: 'en',
    languages: ['en'],
    first_message: 'Hi, thanks for calling! How can I help you today?',
    use_org_knowledgebase: true,
  });
});

test('needs only a name', async () => {
  const { status, body } = await server.request('POST', '/phone', { body: { name: 'Nameless no more' } });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    name: 'Nameless no more',
    type: 'inbound',
    language: null,
    use_org_knowledgebase: false,
  });
});

test('keeps every field that can be given', async () => {
  const failover = { failover_transfer_destination_id: await makeDestination(server) };
  const { status, body } = await server.request('POST', '/phone', { body: { ...wholeAgent, ...failover } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ ...wholeAgent, ...failover });
});

test('null is the default', async () => {
  const nulls = Object.fromEntries(Object.keys(plainAgent).map((field) => [field, null]));
  const { status, body } = await server.request('POST', '/phone', { body: { ...nulls, name: 'Nulls' } });
  expect(status).toBe(200);
  expect(body).toMatchObject(plainAgent);
});

test.each([
  [{ language: 'en' }, 'en', ['en']],
  [{ language: ['en', 'pt-BR'] }, ['en', 'pt-BR'], ['en', 'pt-BR']],
  [{ language: ['en', 'en'] }, ['en'], ['en']],
  [{ languages: ['es', 'en'] }, 'es', ['es', 'en']],
  [{ languages: [] }, null, []],
  [{ language: null, languages: ['es', 'en'] }, 'es', ['es', 'en']],
  [{ language: 'en', languages: ['es', 'en'] }, 'en', ['en', 'es']],
  [{ language: 'fr', languages: ['es'] }, 'fr', ['fr', 'es']],
  [{ language: ['es', 'en'], languages: ['es', 'en'] }, ['es', 'en'], ['es', 'en']],
])('%j', async (given, language, languages) => {
  const { body } = await server.request('POST', '/phone', { body: { name: 'Polyglot', ...given } });
  expect(body).toMatchObject({ language, languages });
});

test('what is missing of the endpointing is the default', async () => {
  const ask = (endpointing: object) => server.request('POST', '/phone', { body: { name: 'E', endpointing } });
  expect((await ask({ mode: 'provider' })).body).toMatchObject({ endpointing: { mode: 'provider', silence_ms: 500 } });
  expect((await ask({ silence_ms: 800 })).body).toMatchObject({ endpointing: { mode: 'adaptive', silence_ms: 800 } });
});

test('instructions are own articles or texts', async () => {
  const article = await makeArticle(server);
  const instructions = [article, 'Be brief.', article.toUpperCase()];
  const { status, body } = await server.request('POST', '/phone', { body: { name: 'Informed', instructions } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ instructions });
});

test('a new agent is its own first version', async () => {
  const { id } = await makeAgent(server, { name: 'Versioned' });
  expect(await versionsOf(server, id)).toEqual(['1 published Versioned']);
});

test('keeps a flow of 100 levels', async () => {
  const flow: unknown = JSON.parse('['.repeat(100) + ']'.repeat(100));
  expect((await server.request('POST', '/phone', { body: { name: 'Deep', flow } })).body).toMatchObject({ flow });
});

test('ignores fields it does not know', async () => {
  const { status, body } = await server.request('POST', '/phone', {
    body: { name: 'Old client', org_id: 'x', color: 'red' },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ org_id: server.acme.id });
  expect(body).not.toHaveProperty('color');
});

test('writes the handoff number in E.164', async () => {
  const { body } = await server.request('POST', '/phone', {
    body: { name: 'N', handoff_phone_number: '(202) 555-0123' },
  });
  expect(body).toMatchObject({ handoff_phone_number: '+12025550123' });
});

test('a key with the scope is enough', async () => {
  const key = await server.scopedKey('phone:write');
  expect((await server.request('POST', '/phone', { key, body: { name: 'Scoped' } })).status).toBe(200);
});
