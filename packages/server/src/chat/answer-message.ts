/** A contact's message in a chat, answered by the brain that answers calls. */
import type { Model, ModelEvent, ModelTool, ModelTurn } from '@dialplane/conversation';
import { eq } from 'drizzle-orm';
import { recentTurns } from '../history.ts';
import type { LiveStore } from '../live/live-store.ts';
import { Refusal } from '../refusal.ts';
import { addSessionMessage, type NewSessionMessage } from '../session-messages.ts';
import type { SessionWithContact } from '../sessions.ts';
import { phoneAgents, sessions } from '../store/schema.ts';
import { answeringAgent } from './chat-sessions.ts';

/** As much of the past as a call gives to the model. */
const turnsKept = 20;
/** People leave a chat that answers later; the HTTP client has given up before. */
const answerWithinMs = 30_000;

/** What an agent can do in a chat besides writing. */
const tools: readonly ModelTool[] = [
  {
    name: 'request_person',
    description: 'Notes that the contact wants to talk to a person; somebody of the team answers.',
    parameters: {
      type: 'object',
      properties: { reason: { type: 'string', description: 'Why, in a few words.' } },
      additionalProperties: false,
    },
  },
];

export interface ChatAnswer {
  readonly text: string;
  /** Undefined when all went well; a sentence for people otherwise. */
  readonly failure?: string;
}

interface Written {
  readonly text: string;
  readonly reasoning: Extract<ModelEvent, { type: 'reasoning' }> | undefined;
  /** A person is wanted, for this reason. */
  readonly personWanted: string | undefined;
}

/**
 * Stores the message and its answer. @returns null when a person has the session: they will answer.
 * @throws {Refusal} `session_closed`, `agent_missing`.
 */
export async function answerMessage(
  live: LiveStore,
  model: Model,
  session: SessionWithContact,
  text: string,
): Promise<ChatAnswer | null> {
  if (session.status !== 'open') {
    throw new Refusal('session_closed', 'The session is closed. Reopen it, or create another one.');
  }
  const agent = await answeringAgent(live.db, session);
  if (!agent && session.assigneeId === null) {
    throw new Refusal('agent_missing', 'No enabled agent can answer. Create one with POST /phone, or assign a person.');
  }
  await store(live, session, { type: 'message', sender: 'contact', text });
  if (session.assigneeId !== null || !agent) return null;
  const turns = await recentTurns(live.db, session, turnsKept);
  const written = await write(model, session.id, agent.id, turns).catch(failureOf);
  if (typeof written === 'string') return { text: '', failure: written };
  await storeAnswer(live, session, agent, model.name, written);
  return { text: written.text };
}

async function write(model: Model, sessionId: string, agentId: string, turns: readonly ModelTurn[]): Promise<Written> {
  const limit = AbortSignal.timeout(answerWithinMs);
  let text = '';
  let reasoning: Written['reasoning'];
  let personWanted: string | undefined;
  for await (const event of model.stream({ callId: sessionId, agentId, turns, tools }, limit)) {
    if (event.type === 'text') text += event.delta;
    if (event.type === 'reasoning') reasoning = event;
    if (event.type === 'tool_call' && event.name === 'request_person') {
      personWanted = String(event.arguments.reason ?? 'no reason given');
    }
  }
  limit.throwIfAborted();
  return { text: text.trim(), reasoning, personWanted };
}

async function storeAnswer(
  live: LiveStore,
  session: SessionWithContact,
  agent: { readonly id: string; readonly name: string },
  modelName: string,
  { text, reasoning, personWanted }: Written,
): Promise<void> {
  await live.db.transaction(async (tx) => {
    await addSessionMessage(tx, session, {
      type: 'message',
      sender: 'ai',
      senderName: agent.name,
      text,
      context: { agent_id: agent.id, model: modelName, rule: reasoning?.rule, passages: reasoning?.passages },
    });
    if (personWanted !== undefined) {
      await addSessionMessage(tx, session, {
        type: 'handoff',
        sender: 'system',
        text: `The contact asked for a person: ${personWanted}`,
        context: { reason: personWanted },
      });
    }
    // An agent that was deleted while it wrote has answered all the same.
    const [still] = await tx
      .select({ id: phoneAgents.id })
      .from(phoneAgents)
      .where(eq(phoneAgents.id, agent.id))
      .for('key share');
    await tx
      .update(sessions)
      .set({
        agentId: still?.id ?? null,
        ...(personWanted === undefined ? {} : { handedOff: true, handoffSummary: personWanted }),
      })
      .where(eq(sessions.id, session.id));
  });
  live.bus.publish({ orgId: session.orgId, sessionId: session.id });
}

async function store(live: LiveStore, session: SessionWithContact, message: NewSessionMessage): Promise<void> {
  await live.db.transaction((tx) => addSessionMessage(tx, session, message));
  live.bus.publish({ orgId: session.orgId, sessionId: session.id });
}

function failureOf(error: unknown): string {
  const cause = error instanceof Error ? error.message : String(error);
  return `The model could not answer (${cause}). The message is kept; send another one to try again.`;
}
