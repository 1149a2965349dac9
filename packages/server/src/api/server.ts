import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Api, Services } from './api.ts';
import { authentication } from './authentication.ts';
import { createChanges } from './changes.ts';
import { handleError, sendProblem } from './error-handler.ts';
import { collectOperations } from './openapi/index.ts';
import { Problem } from './problem.ts';
import { createRateLimits } from './rate-limits/rate-limits.ts';
import { createTokenBuckets } from './rate-limits/token-buckets.ts';
import { getDocs } from './routes/get_docs/route.ts';
import { routes } from './routes.ts';

/** Larger than any documented request; keeps a client from filling our memory. */
const bodyLimitBytes = 1024 * 1024;
/** Slow senders hold a socket no longer than this (Node's own default is 5 minutes). */
const requestLimitMs = 30_000;

/** A request still unanswered then is cut off; no route of ours takes this long. */
const closeLimitMs = 5000;

export interface HttpServer {
  /** Listens on the configured host and port. Rejects with `EADDRINUSE` when the port is taken. */
  listen(): Promise<void>;
  /** The port listened on; the configured one before. */
  readonly port: number;
  /** Stops accepting, answers what has begun, then closes. Idempotent. */
  close(): Promise<void>;
}

export interface HttpServerOptions extends Services {
  readonly log: Logger;
}

/** The HTTP API. Registers the store as a part of the readiness report. */
export function createHttpServer({ log, ...services }: HttpServerOptions): HttpServer {
  const { store, config, readiness, metrics } = services;
  const loggerInstance: FastifyBaseLogger = log;
  const api: Api = Fastify({
    loggerInstance,
    // Ours says less: route patterns and no addresses, since URLs and addresses can be personal data.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestLimitMs,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();

  api.setValidatorCompiler(validatorCompiler);
  api.setSerializerCompiler(serializerCompiler);
  api.setErrorHandler(handleError);
  api.setNotFoundHandler((request, reply) =>
    sendProblem(
      new Problem('route_not_found', 'There is no such endpoint. Check the path and the method.'),
      request,
      reply,
    ),
  );

  api.decorateRequest('identity', null);
  api.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  api.addHook('onRequest', authentication(store.db, createRateLimits(createTokenBuckets(), config.rateLimitPerMinute)));
  let closing = false;
  api.addHook('onSend', async (_request, reply, payload) => {
    // A connection kept alive after its answer would keep the server from closing.
    if (closing) reply.header('connection', 'close');
    return payload;
  });
  api.addHook('onResponse', async (request, reply) => {
    const { method, id, routeOptions } = request;
    const durationMs = Math.round(reply.elapsedTime * 10) / 10;
    metrics.httpDuration.observe(
      // Paths that are no route would be a label each.
      { method, route: routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    log.debug({ method, route: routeOptions.url, status: reply.statusCode, durationMs, request_id: id }, 'request');
  });

  // After the answer, and so after the commit: signalling follows the settings of trunks.
  api.addHook('onResponse', async ({ routeOptions }) => {
    const [subject] = routeOptions.config?.action?.split('.') ?? [];
    if (subject === 'outbound_trunk') void services.registrations.reconcile();
    // What cannot be read now is read by itself soon, and complained of then.
    if (subject === 'inbound_trunk') services.trunkLists.refresh().catch(() => {});
  });

  readiness.register('database', async () => {
    const health = await store.health();
    return health.ok ? { state: 'ready', detail: store.kind } : { state: 'not_ready', detail: health.message };
  });
  const operations = collectOperations(api);
  const changes = createChanges(services);
  api.addHook('onRoute', changes.wrap);
  for (const route of routes) route(api, changes.services);
  getDocs(api, operations);

  return {
    listen: async () => {
      await api.listen({ host: config.host, port: config.port });
    },
    get port() {
      const address = api.server.address();
      return typeof address === 'object' && address ? address.port : config.port;
    },
    close: async () => {
      closing = true;
      const limit = setTimeout(() => api.server.closeAllConnections(), closeLimitMs);
      await api.close();
      clearTimeout(limit);
    },
  };
}
