import { type ConversationSettings, defaultSettings } from '@dialplane/conversation';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentChanges } from '../../src/agents/agent-settings.ts';
import { createAgent, deleteAgent } from '../../src/agents.ts';
import { ensureOrganisation } from '../../src/organisations.ts';
import type { Database } from '../../src/store/database.ts';
import { phoneAgents } from '../../src/store/schema.ts';
import { createAgentProfiles } from '../../src/telephony/agent-profiles.ts';
import { openTestStore, type TestStore } from '../test-store.ts';

let testStore: TestStore;
let db: Database;
let orgId: string;
beforeAll(async () => {
  testStore = await openTestStore();
  db = testStore.store.db;
  orgId = (await ensureOrganisation(db, 'acme', 'Acme')).id;
});
afterAll(() => testStore.dispose());

const make = async (given: AgentChanges = {}) => (await createAgent(db, orgId, { name: 'Agent', ...given })).id;
const rename = (id: string, firstMessage: string) =>
  db.update(phoneAgents).set({ firstMessage }).where(eq(phoneAgents.id, id));

test('an agent of which only the name is known talks as contracts say', async () => {
  const id = await make();
  const profile = await createAgentProfiles(db, () => {}).find(orgId, id);
  expect(profile?.settings).toEqual({ ...defaultSettings, agentId: id, firstMessage: '', voice: 'slt', menu: [] });
});

test.each<[AgentChanges, Partial<ConversationSettings>]>([
  [{ first_message: 'Hi' }, { firstMessage: 'Hi' }],
  [{ disclosure: 'This call is recorded.' }, { disclosure: 'This call is recorded.' }],
  [{ voice_id: 'awb' }, { voice: 'awb' }],
  [{ silence_prompt_after_ms: 5000 }, { silencePromptAfterMs: 5000 }],
  [{ silence_max_prompts: 0 }, { silenceMaxPrompts: 0 }],
  [{ silence_end_after_ms: 3000 }, { silenceEndAfterMs: 3000 }],
  [{ endpointing: { mode: 'adaptive', silence_ms: 900 } }, { endpointingSilenceMs: 900 }],
  [{ interruptible: false }, { interruptible: false }],
  [{ max_call_ms: 60_000 }, { maxCallMs: 60_000 }],
  [{ silence_prompts: { en: ['Hello?'], es: ['¿Hola?'] } }, { silencePrompts: ['Hello?'] }],
  [{ language: 'es', silence_prompts: { en: ['Hello?'], es: ['¿Hola?'] } }, { silencePrompts: ['¿Hola?'] }],
  [{ languages: ['es', 'en'], silence_prompts: { es: ['¿Hola?'] } }, { silencePrompts: ['¿Hola?'] }],
])('%j is heard in calls as %j', async (given, expected) => {
  const id = await make(given);
  const profile = await createAgentProfiles(db, () => {}).find(orgId, id);
  const plain = { ...defaultSettings, agentId: id, firstMessage: '', voice: 'slt', menu: [] };
  expect(profile?.settings).toEqual({ ...plain, ...expected });
});

test('a burst of calls asks the store once, and a forgotten agent is read anew', async () => {
  const told: string[] = [];
  const profiles = createAgentProfiles(db, ({ settings }) => told.push(settings.firstMessage));
  const id = await make({ first_message: 'Old' });
  await Promise.all([profiles.find(orgId, id), profiles.find(orgId, id), profiles.find(orgId, id)]);
  await rename(id, 'New');
  expect((await profiles.find(orgId, id))?.settings.firstMessage).toBe('Old');
  profiles.forget(orgId, id);
  expect((await profiles.find(orgId, id))?.settings.firstMessage).toBe('New');
  expect(told).toEqual(['Old', 'New']);
});

test('forgetting one agent forgets no other', async () => {
  const profiles = createAgentProfiles(db, () => {});
  const [one, two] = [await make({ first_message: 'Old' }), await make()];
  await profiles.find(orgId, one);
  await rename(one, 'New');
  profiles.forget(orgId, two);
  expect((await profiles.find(orgId, one))?.settings.firstMessage).toBe('Old');
});

test("agents that are gone or another organisation's are not found", async () => {
  const profiles = createAgentProfiles(db, () => {});
  const id = await make();
  const { id: otherId } = await ensureOrganisation(db, 'other', 'Other');
  expect(await profiles.find(otherId, id)).toBeUndefined();
  expect(await profiles.find(orgId, id)).toBeDefined();
  await deleteAgent(db, orgId, id);
  profiles.forget(orgId, id);
  expect(await profiles.find(orgId, id)).toBeUndefined();
});

test('a failed read is not kept', async () => {
  const id = await make();
  let failures = 1;
  const profiles = createAgentProfiles(db, () => {
    if (failures-- > 0) throw new Error('the listener failed');
  });
  await expect(profiles.find(orgId, id)).rejects.toThrow('the listener failed');
  expect(await profiles.find(orgId, id)).toBeDefined();
});
