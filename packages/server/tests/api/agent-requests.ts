import { saveArticle } from '../../src/knowledge/articles.ts';
import { transferDestinations } from '../../src/store/schema.ts';
import type { TestServer } from '../test-server.ts';

/** Some fields of an agent as it is answered with. */
export interface AgentBody {
  readonly id: string;
  readonly name: string;
  readonly updated_at: string;
}

export interface VersionBody {
  readonly id: string;
  readonly agent_id: string;
  readonly number: number;
  readonly state: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly created_at: string;
  readonly published_at: string | null;
}

export async function makeAgent(server: TestServer, body: object = {}, key = server.acme.key): Promise<AgentBody> {
  const answer = await server.request<AgentBody>('POST', '/phone', { key, body: { name: 'Agent', ...body } });
  if (answer.status !== 200) throw new Error(`POST /phone answered ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function makeArticle(server: TestServer, orgId = server.acme.id): Promise<string> {
  const id = await saveArticle(server.store.db, orgId, { title: 'Hours', content: 'We are open from nine to five.' });
  if (id === undefined) throw new Error('The article was not saved.');
  return id;
}

export async function makeDestination(server: TestServer, orgId = server.acme.id): Promise<string> {
  const [row] = await server.store.db
    .insert(transferDestinations)
    .values({ orgId, name: 'Reception', type: 'phone', value: '+12025550123' })
    .returning();
  if (!row) throw new Error('The destination was not stored.');
  return row.id;
}

/** The agent's versions, newest first, each as `number state name`. */
export async function versionsOf(server: TestServer, agentId: string): Promise<string[]> {
  const { body } = await server.request<{ items: VersionBody[] }>('GET', `/phone/${agentId}/versions`);
  return body.items.map(({ number, state, settings }) => `${number} ${state} ${settings.name}`);
}

/** Bodies that no agent may have, with the place of the fault. */
export const invalidSettings: readonly (readonly [string, object, string])[] = [
  ['an unknown type', { type: 'both' }, '/type'],
  ['an unknown model', { model: 'gpt' }, '/model'],
  ['a language in words', { language: 'plain English' }, '/language'],
  ['no language at all', { language: [] }, '/language'],
  ['languages in words', { languages: ['en', 'plain English'] }, '/languages/1'],
  ['languages that contradict the list', { language: ['en', 'es'], languages: ['es', 'en'] }, '/languages'],
  ['instructions that are one text', { instructions: 'Be brief.' }, '/instructions'],
  ['a webhook that is no URL', { data_collection_webhook_url: 'file:///etc/passwd' }, '/data_collection_webhook_url'],
  ['a handoff number that is none', { handoff_phone_number: 'reception' }, '/handoff_phone_number'],
  ['a voice that nobody has', { voice_id: 'nobody' }, '/voice_id'],
  ['an empty voice', { voice_id: '' }, '/voice_id'],
  ['an article that nobody has', { instructions: ['Be brief.', crypto.randomUUID()] }, '/instructions/1'],
  [
    'a transfer destination that nobody has',
    { failover_transfer_destination_id: crypto.randomUUID() },
    '/failover_transfer_destination_id',
  ],
  [
    'a transfer destination that is no id',
    { failover_transfer_destination_id: 'reception' },
    '/failover_transfer_destination_id',
  ],
  ['a prompt after no time', { silence_prompt_after_ms: 999 }, '/silence_prompt_after_ms'],
  ['a prompt after too long', { silence_prompt_after_ms: 60_001 }, '/silence_prompt_after_ms'],
  ['a prompt after half a millisecond', { silence_prompt_after_ms: 1000.5 }, '/silence_prompt_after_ms'],
  ['more prompts than two', { silence_max_prompts: 3 }, '/silence_max_prompts'],
  ['fewer prompts than none', { silence_max_prompts: -1 }, '/silence_max_prompts'],
  ['an end in text', { silence_end_after_ms: '8000' }, '/silence_end_after_ms'],
  ['prompts of no language', { silence_prompts: ['Hello?'] }, '/silence_prompts'],
  [
    'prompts of a language in words',
    { silence_prompts: { 'plain English': ['Hello?'] } },
    '/silence_prompts/plain English',
  ],
  ['a language without prompts', { silence_prompts: { en: [] } }, '/silence_prompts/en'],
  ['three prompts', { silence_prompts: { en: ['a', 'b', 'c'] } }, '/silence_prompts/en'],
  ['an empty prompt', { silence_prompts: { en: [' '] } }, '/silence_prompts/en/0'],
  ['an unknown way to find the end', { endpointing: { mode: 'guess' } }, '/endpointing/mode'],
  ['an end without a pause', { endpointing: { silence_ms: 199 } }, '/endpointing/silence_ms'],
  ['an end after too long a pause', { endpointing: { silence_ms: 3001 } }, '/endpointing/silence_ms'],
  ['an interruption in words', { interruptible: 'yes' }, '/interruptible'],
  ['a call of nine seconds', { max_call_ms: 9999 }, '/max_call_ms'],
  ['a call of more than a day', { max_call_ms: 86_400_001 }, '/max_call_ms'],
  ['an agent for no call', { max_calls: 0 }, '/max_calls'],
  ['an unknown noise suppression', { noise_suppression: true }, '/noise_suppression'],
  ['an unknown ambience', { ambience: 'airport' }, '/ambience'],
  ['an ambience louder than the voice', { ambience_db: 1 }, '/ambience_db'],
  ['an ambience that nobody hears', { ambience_db: -61 }, '/ambience_db'],
  ['a recording in words', { recording_enabled: 'on' }, '/recording_enabled'],
  ['a disclosure with a NUL character', { disclosure: 'a\0b' }, '/disclosure'],
  ['a disclosure with half a character', { disclosure: 'a\ud83d' }, '/disclosure'],
  [
    'a webhook with half a character',
    { data_collection_webhook_url: 'https://a.example/\udc00' },
    '/data_collection_webhook_url',
  ],
  ['a flow with a NUL character', { flow: { steps: [{ content: 'a\0b' }] } }, '/flow'],
  ['a flow with half a character', { flow: [['\ud83d']] }, '/flow'],
  ['a flow with half a character in a name', { flow: { 'a\ud83d': 1 } }, '/flow'],
  ['a flow of 101 levels', { flow: JSON.parse('['.repeat(101) + ']'.repeat(101)) }, '/flow'],
  ['a disclosure that is too long', { disclosure: 'x'.repeat(2001) }, '/disclosure'],
  ['an unknown act on voicemail', { on_voicemail: 'sing' }, '/on_voicemail'],
  ['an unknown handoff', { handoff_mode: 'warm' }, '/handoff_mode'],
  ['a switch in words', { enabled: 'no' }, '/enabled'],
];
