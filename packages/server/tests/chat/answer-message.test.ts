import type { Model, ModelRequest } from '@dialplane/conversation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAgent, deleteAgent } from '../../src/agents.ts';
import { answerMessage } from '../../src/chat/answer-message.ts';
import { createChatSession } from '../../src/chat/chat-sessions.ts';
import { listHistory } from '../../src/history.ts';
import { createLocalEventBus } from '../../src/live/event-bus.ts';
import type { LiveStore } from '../../src/live/live-store.ts';
import { ensureOrganisation } from '../../src/organisations.ts';
import { updatePhoneSettings } from '../../src/phone-settings.ts';
import { findSession } from '../../src/sessions.ts';
import { openTestStore, type TestStore } from '../test-store.ts';

let database: TestStore;
let live: LiveStore;
let orgId: string;
beforeAll(async () => {
  database = await openTestStore();
  live = { db: database.store.db, bus: createLocalEventBus() };
  orgId = (await ensureOrganisation(live.db, 'acme', 'Acme')).id;
});
afterAll(() => database.dispose());

const requests: ModelRequest[] = [];
const echo: Model = {
  name: 'echo',
  async *stream(request) {
    requests.push(request);
    yield { type: 'text', delta: `You said: ` };
    yield { type: 'text', delta: request.turns.at(-1)?.text ?? '' };
    yield { type: 'done' };
  },
};
const broken: Model = {
  name: 'broken',
  // biome-ignore lint/correctness/useYield: a provider that fails before its first word.
  async *stream() {
    throw new Error('the provider answered 529');
  },
};

test('a model that fails is told in the answer, and the next message is answered with all that was said', async () => {
  const first = await createAgent(live.db, orgId, { name: 'Front desk' });
  const session = await createChatSession(live.db, orgId, { contactId: null, channelType: 'api' });
  const failed = await answerMessage(live, broken, session, 'One');
  expect(failed).toEqual({ text: '', failure: expect.stringContaining('the provider answered 529') });
  expect(await answerMessage(live, echo, session, 'Two')).toEqual({ text: 'You said: Two' });
  expect(requests.at(-1)).toMatchObject({
    agentId: first.id,
    turns: [
      { role: 'caller', text: 'One' },
      { role: 'caller', text: 'Two' },
    ],
  });
  const { items } = await listHistory(live.db, session, null, 10);
  expect(items.map(({ sender, text }) => [sender.type, sender.name, text])).toEqual([
    ['contact', null, 'One'],
    ['contact', null, 'Two'],
    ['ai', 'Front desk', 'You said: Two'],
  ]);
});

test("a chat keeps its agent; a new one gets the organisation's default", async () => {
  const session = await createChatSession(live.db, orgId, { contactId: null, channelType: 'api' });
  await answerMessage(live, echo, session, 'One');
  const before = requests.at(-1)?.agentId;
  const other = await createAgent(live.db, orgId, { name: 'Night desk' });
  await updatePhoneSettings(live.db, orgId, { defaultPhoneAgentId: other.id });
  const again = await findSession(live.db, orgId, session.id);
  if (again) await answerMessage(live, echo, again, 'Two');
  expect(requests.at(-1)?.agentId).toBe(before);
  const fresh = await createChatSession(live.db, orgId, { contactId: null, channelType: 'api' });
  await answerMessage(live, echo, fresh, 'Three');
  expect(requests.at(-1)?.agentId).toBe(other.id);
});

test('the answer of an agent that is deleted while it writes is not lost', async () => {
  const agent = await createAgent(live.db, orgId, { name: 'Leaving' });
  await updatePhoneSettings(live.db, orgId, { defaultPhoneAgentId: agent.id });
  const session = await createChatSession(live.db, orgId, { contactId: null, channelType: 'api' });
  const deleting: Model = {
    name: 'deleting',
    async *stream({ agentId }) {
      await deleteAgent(live.db, orgId, agentId);
      yield { type: 'text', delta: 'Goodbye.' };
      yield { type: 'done' };
    },
  };
  expect(await answerMessage(live, deleting, session, 'Hello')).toEqual({ text: 'Goodbye.' });
  const { items } = await listHistory(live.db, session, null, 10);
  expect(items.map(({ sender, text }) => [sender.name, text])).toEqual([
    [null, 'Hello'],
    ['Leaving', 'Goodbye.'],
  ]);
  expect(await findSession(live.db, orgId, session.id)).toMatchObject({ agentId: null });
});
