import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall, insertContact, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Page {
  readonly items: readonly { readonly event: { readonly content: { readonly text: string } } }[];
  readonly next: string | null;
}

const texts = (page: Page) => page.items.map((item) => item.event.content.text);

let sessionId: string;
let callId: string;
const path = () => `/chat/sessions/${sessionId}/history`;
const page = async (query = '') => (await server.request<Page>('GET', `${path()}${query}`)).body;
const words = [
  'Hello, Front desk.',
  'When are you open?',
  'From nine to five.',
  'Pressed 1',
  'The caller asked for a person: asked',
  'Hello again.',
];

beforeAll(async () => {
  const { store, acme } = server;
  const agent = await server.request<{ id: string }>('POST', '/phone', { body: { name: 'Front desk' } });
  const contactId = await insertContact(store.db, acme.id, '+12025550123');
  sessionId = await insertSession(store.db, acme.id, { contactId });
  const agentId = agent.body.id;
  callId = await insertCall(store.db, acme.id, {
    sessionId,
    agentId,
    startedAt: new Date('2026-11-20T10:00:00Z'),
    events: [
      ['invite_received', 0, {}],
      ['answered', 40.5, { codec: 'PCMU' }],
      [
        'agent_spoke',
        2100,
        { text: 'Hello, Front desk.', fromMs: 60, toMs: 2100, interrupted: false, purpose: 'greeting' },
      ],
      ['transcript_partial', 3000, { text: 'when are' }],
      [
        'transcript_final',
        4000,
        { text: 'When are you open?', confidence: 0.9, fromMs: 2500, toMs: 3600, recogniser: 'test' },
      ],
      ['speech_rejected', 4000, { reason: 'no_words', text: '', confidence: 0 }],
      ['agent_spoke', 6000, { text: 'From nine to five.', fromMs: 4400, toMs: 6000 }],
      ['digit', 7000, { digit: '1' }],
      ['handoff', 7000, { mode: 'logged_escalation', reason: 'asked' }],
      ['ended', 8000, { reason: 'caller_hung_up' }],
    ],
  });
  // Later call of the same session, another agent gone since.
  await insertCall(store.db, acme.id, {
    sessionId,
    startedAt: new Date('2026-11-20T11:00:00Z'),
    events: [['agent_spoke', 100, { text: 'Hello again.' }]],
  });
  // A neighbour's words must never show.
  const elsewhere = await insertSession(store.db, acme.id);
  await insertCall(store.db, acme.id, {
    sessionId: elsewhere,
    startedAt: new Date('2026-11-20T10:00:00Z'),
    events: [['transcript_final', 100, { text: 'Not yours' }]],
  });
});

test('reads what was said in all calls of the session, in order', async () => {
  const all = await page();
  expect(texts(all)).toEqual(words);
  expect(all.next).toBeNull();
  expect(all.items[1]).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    created_at: '2026-11-20T10:00:04.000Z',
    event: {
      type: 'message',
      sender: { type: 'contact', name: '+12025550123' },
      content: { type: 'text', text: 'When are you open?' },
      attachments: [],
      context: {
        call_id: callId,
        at_ms: 4000,
        seq: 4,
        kind: 'transcript_final',
        confidence: 0.9,
        from_ms: 2500,
        to_ms: 3600,
        recogniser: 'test',
      },
    },
  });
  expect(all.items.map((item) => item.event)).toMatchObject([
    { type: 'message', sender: { type: 'ai', name: 'Front desk' } },
    { type: 'message', sender: { type: 'contact' } },
    { type: 'message', sender: { type: 'ai' } },
    { type: 'message', sender: { type: 'contact' }, context: { digit: '1' } },
    { type: 'handoff', sender: { type: 'system', name: null } },
    { type: 'message', sender: { type: 'ai', name: null } },
  ]);
});

test.each([1, 2, 4])('pages of %i give every item once', async (limit) => {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const one: Page = await page(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(one.items.length).toBeLessThanOrEqual(limit);
    seen.push(...texts(one));
    cursor = one.next;
  }
  expect(seen).toEqual(words);
});

test('a session without calls has an empty history', async () => {
  const id = await insertSession(server.store.db, server.acme.id);
  expect((await server.request('GET', `/chat/sessions/${id}/history`)).body).toEqual({ items: [], next: null });
});
