import type { Model, ModelEvent, ModelPassage, ModelTool, ModelTurn } from '@dialplane/conversation';
import { type Answerer, createAnswerer } from '../../src/answerer/answerer.ts';
import { createDemo } from '../../src/demo/create-demo.ts';
import { createSecrets } from '../../src/secrets.ts';
import { openTestStore, type TestStore } from '../test-store.ts';

const tool = (name: string): ModelTool => ({ name, description: '', parameters: {} });
/** The tools a conversation offers. */
const tools = [tool('end_call'), tool('request_person')];

export interface Spoken {
  readonly rule: string;
  readonly text: string;
  readonly expect: string | undefined;
  readonly passages: readonly ModelPassage[];
  readonly toolCalls: readonly { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }[];
  readonly events: readonly ModelEvent[];
}

export interface DemoAgent {
  readonly testStore: TestStore;
  readonly orgId: string;
  readonly agentId: string;
  readonly model: Answerer;
  /** The agent's answer to the last of these: a text alone is a first question. */
  ask(said: string | readonly ModelTurn[]): Promise<Spoken>;
}

/** The demo agent on a database of its own. */
export async function openDemoAgent(): Promise<DemoAgent> {
  const testStore = await openTestStore();
  const { db } = testStore.store;
  const { orgId, agentId } = await createDemo({
    db,
    secrets: createSecrets('22'.repeat(32)),
    config: { dataDir: testStore.dataDir, host: '127.0.0.1' },
    sipPort: 5060,
    httpPort: 3000,
  });
  const model = createAnswerer({ db });
  return { testStore, orgId, agentId, model, ask: (said) => askModel(model, agentId, said) };
}

export async function askModel(model: Model, agentId: string, said: string | readonly ModelTurn[]): Promise<Spoken> {
  const turns: readonly ModelTurn[] = typeof said === 'string' ? [{ role: 'caller', text: said }] : said;
  const events: ModelEvent[] = [];
  for await (const event of model.stream({ callId: 'call', agentId, turns, tools }, new AbortController().signal))
    events.push(event);
  const reasoning = events.find((event) => event.type === 'reasoning');
  return {
    rule: reasoning?.rule ?? '',
    passages: reasoning?.passages ?? [],
    text: events.map((event) => (event.type === 'text' ? event.delta : '')).join(''),
    expect: events.find((event) => event.type === 'expect')?.expect,
    toolCalls: events.filter((event) => event.type === 'tool_call'),
    events,
  };
}
