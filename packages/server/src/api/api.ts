import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../secrets.ts';
import type { Store } from '../store/database.ts';
import type { Readiness } from './readiness.ts';

/** Fastify with zod schemas: what every route is added to. */
export type Api = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

/** What routes work with. */
export interface Services {
  readonly store: Store;
  readonly config: Config;
  readonly readiness: Readiness;
  readonly secrets: Secrets;
}
