import type { Model, ModelEvent, ModelRequest } from '@dialplane/conversation';
import type { Database } from '../store/database.ts';
import { type AgentKnowledge, createKnowledgeCache } from './agent-knowledge.ts';
import type { HeardTerm } from './hearing.ts';
import { type Reply, replyTo } from './reply.ts';
import { shortlist } from './shortlist.ts';

export interface AnswererOptions {
  readonly db: Database;
}

export interface Answerer extends Model {
  /** A call with this agent begins: reads its knowledge, so that the call outlives the agent's deletion. */
  prepare(agentId: string): Promise<void>;
}

/**
 * The model that needs no provider: it answers with passages of the agent's own knowledge, word for word, and says so
 * when it has none. The same turns and the same knowledge give the same answer.
 */
export function createAnswerer({ db }: AnswererOptions): Answerer {
  const cache = createKnowledgeCache(db);
  return {
    name: 'embedded',
    prepare: async (agentId) => void (await cache.knowledgeOf(agentId)),
    async *stream(request, signal) {
      if (signal.aborted) return;
      const known: AgentKnowledge = await cache.knowledgeOf(request.agentId);
      if (signal.aborted) return;
      const candidates = known.deleted
        ? async () => known.corpus.topics.flatMap((topic) => topic.passages)
        : (terms: readonly HeardTerm[]) => shortlist(db, known.agent, terms, known.corpus);
      const reply = await replyTo(request.turns, known, candidates);
      for (const event of eventsOf(reply, request)) {
        if (signal.aborted) return;
        yield event;
      }
    },
  };
}

function* eventsOf(reply: Reply, { turns, tools }: ModelRequest): Generator<ModelEvent> {
  const call = (name: string, args: Readonly<Record<string, unknown>>): ModelEvent[] =>
    tools.some((tool) => tool.name === name)
      ? [{ type: 'tool_call', id: `${name}-${turns.length}`, name, arguments: args }]
      : [];
  yield { type: 'reasoning', rule: reply.rule, passages: reply.passages };
  // Before the words that say it is done: an interruption of these must not lose it.
  if (reply.requestPerson !== undefined) yield* call('request_person', { reason: reply.requestPerson });
  for (const delta of clausesOf(reply.text)) yield { type: 'text', delta };
  yield { type: 'expect', expect: reply.expect };
  if (reply.endCall === true) yield* call('end_call', {});
  yield { type: 'done' };
}

/** Pieces of a text at its clause ends, each with the space that follows it: joined they are the text. */
const clausesOf = (text: string): string[] => text.match(/.+?(?:[,;:.!?]+(?:\s+|$)|$)/gs) ?? [];
