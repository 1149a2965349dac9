import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

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
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    org_id: server.acme.id,
    phone_number: null,
    name: 'Support Agent',
    type: 'inbound',
    language: 'en',
    accent: null,
    handoff_phone_number: null,
    speed: null,
    interruptible: true,
    actionIds: null,
    instructions: null,
    data_collection_fields: null,
    data_collection_webhook_url: null,
    model: 'oppie-vox-livekit',
    voice_id: null,
    first_message: 'Hi, thanks for calling! How can I help you today?',
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    updated_at: expect.any(String),
    provider_external_id: null,
    flow: null,
    manual_mode: false,
    custom_llm: null,
    use_org_knowledgebase: true,
    recording_enabled: true,
    stt_keyterms: [],
    tts_speed_pct: 0,
    failover_transfer_destination_id: null,
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
  const given = {
    name: 'Whole',
    type: 'outbound',
    voice_id: 'slt',
    language: ['en', 'pt-BR'],
    first_message: 'Good day',
    instructions: ['Be brief.', 'Q: Do you deliver? A: Yes, in town.'],
    handoff_phone_number: '+12025550123',
    use_org_knowledgebase: true,
    actionIds: [],
    accent: 'british',
    speed: 1.25,
    interruptible: false,
    data_collection_fields: ['order number'],
    data_collection_webhook_url: 'https://example.com/collect',
    model: 'oppie-vox-2',
    flow: { id: 'a', children: [{ id: 'b' }] },
    manual_mode: true,
    custom_llm: 'mine',
    recording_enabled: false,
    stt_keyterms: ['ciabatta'],
    tts_speed_pct: -10,
  };
  const { status, body } = await server.request('POST', '/phone', { body: given });
  expect(status).toBe(200);
  expect(body).toMatchObject(given);
});

test('null where null has no meaning is the default', async () => {
  const { status, body } = await server.request('POST', '/phone', {
    body: {
      name: 'Nulls',
      use_org_knowledgebase: null,
      interruptible: null,
      language: null,
      actionIds: null,
      model: null,
    },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ use_org_knowledgebase: false, interruptible: true, language: null, actionIds: null });
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
