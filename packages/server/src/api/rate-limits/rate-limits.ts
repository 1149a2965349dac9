import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import type { RateLimitState, RateLimitStore } from './token-buckets.ts';

/** Streams reconnect often and each is one request: documented as ten times the ordinary limit of 100. */
const streamingFactor = 10;
/** Wrong keys from one address. A person who mistypes needs a few; whoever guesses needs 2^255. */
const wrongKeysPerMinute = 20;
/** Keys remembered as right, so that a guesser behind the same proxy locks nobody else out. */
const knownKeys = 10_000;

/** Limits requests for each API key, and wrong keys for each address. */
export interface RateLimits {
  /**
   * Before a key is looked up.
   * @throws {Problem} `rate_limited` for an address with too many wrong keys, unless the key was right lately.
   */
  admitGuess(request: FastifyRequest, reply: FastifyReply, key: string): void;
  noteGuess(request: FastifyRequest, key: string, right: boolean): void;
  /**
   * Counts a request of a key and tells the client what is left.
   * @throws {Problem} `rate_limited`.
   */
  take(request: FastifyRequest, reply: FastifyReply, keyId: string): void;
}

/** @param perMinute requests of a key; 0: everything is allowed. */
export function createRateLimits(store: RateLimitStore, perMinute: number): RateLimits {
  const known = new Set<string>();

  return {
    admitGuess(request, reply, key) {
      if (perMinute === 0 || known.has(digestOf(key))) return;
      const state = store.take(`address:${request.ip}`, wrongKeysPerMinute, 0);
      if (!state.allowed) refuse(reply, state, 'Too many requests with unknown API keys came from this address.');
    },
    noteGuess(request, key, right) {
      if (perMinute === 0) return;
      if (!right) {
        known.delete(digestOf(key));
        store.take(`address:${request.ip}`, wrongKeysPerMinute, 1);
        return;
      }
      if (known.size >= knownKeys) known.clear();
      known.add(digestOf(key));
    },
    take(request, reply, keyId) {
      if (perMinute === 0) return;
      const { streaming } = request.routeOptions.config;
      const limit = streaming ? perMinute * streamingFactor : perMinute;
      const state = store.take(`${streaming ? 'streams' : 'requests'}:${keyId}`, limit, 1);
      // The three fields most clients read (draft-ietf-httpapi-ratelimit-headers-03).
      reply.header('ratelimit-limit', limit);
      reply.header('ratelimit-remaining', state.remaining);
      reply.header('ratelimit-reset', seconds(state.resetMs));
      if (!state.allowed) refuse(reply, state, `The API key has used up its ${limit} requests of a minute.`);
    },
  };
}

function refuse(reply: FastifyReply, { retryAfterMs }: RateLimitState, cause: string): never {
  const wait = Math.max(1, seconds(retryAfterMs));
  reply.header('retry-after', wait);
  throw new Problem('rate_limited', `${cause} Go on in ${wait} s.`);
}

const seconds = (ms: number): number => Math.ceil(ms / 1000);

/** So that the memory of the process holds no list of keys. */
const digestOf = (key: string): string => createHash('sha256').update(key).digest('base64');
