/** A request that changes something is one transaction: the change and its entry in the audit log, or neither. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RouteOptions } from 'fastify';
import type { Database } from '../store/database.ts';
import type { Services } from './api.ts';
import { enterIntoLog } from './auditing.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The handler commits by itself: it waits for the outside world, as no open transaction may, or keeps something of what
     * it refuses. Its entry in the audit log follows when it has succeeded.
     */
    commitsItself?: true | ((request: FastifyRequest) => boolean);
  }
}

/** The transaction of the request that is being handled. */
interface RequestTransaction {
  readonly tx: Database;
  /** Told to others once it is true. */
  readonly afterCommit: (() => void)[];
}

export interface Changes {
  /** For handlers: their statements belong to their request's transaction, and what they tell waits for its end. */
  readonly services: Services;
  /** To be called with every route before it is added. */
  wrap(route: RouteOptions): void;
}

export function createChanges(services: Services): Changes {
  const { store, bus, profiles } = services;
  const running = new AsyncLocalStorage<RequestTransaction>();
  const db = databaseOf(store.db, running);
  const afterCommit = (tell: () => void) => {
    const transaction = running.getStore();
    if (transaction) transaction.afterCommit.push(tell);
    else tell();
  };

  return {
    services: {
      ...services,
      store: { kind: store.kind, db, health: () => store.health(), close: () => store.close() },
      bus: {
        publish: (change) => afterCommit(() => bus.publish(change)),
        subscribe: (topic, listener) => bus.subscribe(topic, listener),
      },
      profiles: {
        find: (orgId, agentId) => profiles.find(orgId, agentId),
        forget: (orgId, agentId) => afterCommit(() => profiles.forget(orgId, agentId)),
      },
    },
    wrap(route) {
      if (!route.config?.action) return;
      const { commitsItself } = route.config;
      const { handler } = route;
      route.handler = async function handleInTransaction(request, reply) {
        if (commitsItself === true || commitsItself?.(request)) {
          const answer: unknown = await handler.call(this, request, reply);
          await enterIntoLog(store.db, request, answer);
          return answer;
        }
        const told: (() => void)[] = [];
        const answer: unknown = await store.db.transaction((tx) =>
          running.run({ tx, afterCommit: told }, async () => {
            const given: unknown = await handler.call(this, request, reply);
            await enterIntoLog(tx, request, given);
            return given;
          }),
        );
        for (const tell of told) tell();
        return answer;
      };
    },
  };
}

/** The transaction that runs, or the database itself. */
function databaseOf(database: Database, running: AsyncLocalStorage<RequestTransaction>): Database {
  return new Proxy(database, {
    get(outside, key) {
      const target = running.getStore()?.tx ?? outside;
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
