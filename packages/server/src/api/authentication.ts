import type { FastifyReply, FastifyRequest } from 'fastify';
import { noteKeyUse } from '../api-key-use.ts';
import { allows, type Identity, identify, type Scope } from '../api-keys.ts';
import type { Database } from '../store/database.ts';
import { Problem } from './problem.ts';
import type { RateLimits } from './rate-limits/rate-limits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key must allow; routes without it are open to everybody. */
    scope?: Scope;
    /** What a mutating route does, for the audit log: resource and verb, such as `phone_agent.update`. */
    action?: `${string}.${string}`;
    /** The answer is an endless stream of events, which has a rate limit of its own. */
    streaming?: true;
    /** Media type of the answer, where it is neither JSON nor text. */
    media?: string;
  }
  interface FastifyRequest {
    /** Null on open routes. */
    identity: Identity | null;
  }
}

/** An `onRequest` hook: it runs before the body is read, so strangers cannot make us parse anything. */
export function authentication(db: Database, limits: RateLimits) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { scope } = request.routeOptions.config;
    if (!scope) return;
    const key = bearerKey(request.headers.authorization);
    if (!key) throw new Problem('api_key_missing', 'Send an API key in the header: Authorization: Bearer <key>.');
    limits.admitGuess(request, reply, key);
    const identity = await identify(db, key);
    limits.noteGuess(request, key, identity !== undefined);
    if (!identity)
      throw new Problem(
        'api_key_unknown',
        'The API key is not known here. Check that it is whole and for this server.',
      );
    const now = new Date();
    if (identity.expiresAt && identity.expiresAt <= now)
      throw new Problem('api_key_expired', 'The API key has expired. Make another one with POST /api-keys.');
    limits.take(request, reply, identity.keyId);
    if (!allows(identity, scope)) {
      throw new Problem(
        'scope_missing',
        `The API key lacks the scope ${scope}. Use a key that has it, or one with full access.`,
      );
    }
    await noteKeyUse(db, identity, now);
    request.identity = identity;
  };
}

/** The identity of a request on a route with a scope. */
export function identityOf(request: FastifyRequest): Identity {
  if (!request.identity) throw new Error(`Route ${request.routeOptions.url} asks who calls without naming a scope.`);
  return request.identity;
}

/** RFC 6750 section 2.1; the scheme's name is not case-sensitive. */
function bearerKey(header: string | undefined): string | null {
  return /^bearer +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1] ?? null;
}
