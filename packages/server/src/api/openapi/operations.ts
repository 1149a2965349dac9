import type { FastifyContextConfig, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { Api } from '../api.ts';

/** A route as its OpenAPI operation needs it. */
export interface Operation {
  readonly method: string;
  /** With `:name` parameters, as the router has it. */
  readonly url: string;
  readonly config: FastifyContextConfig;
  readonly params: z.ZodObject | undefined;
  readonly query: z.ZodObject | undefined;
  readonly body: z.ZodType | undefined;
  /** By status. */
  readonly responses: ReadonlyMap<string, z.ZodType>;
}

/** Collects every route that is added to `api` from now on. */
export function collectOperations(api: Api): readonly Operation[] {
  const operations: Operation[] = [];
  api.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD' && typeof route.method === 'string') operations.push(operationOf(route, route.method));
  });
  return operations;
}

function operationOf(route: RouteOptions, method: string): Operation {
  const { params, querystring, body, response } = route.schema ?? {};
  const responses = Object.entries(response ?? {}).flatMap(([status, schema]): [string, z.ZodType][] =>
    schema instanceof z.ZodType ? [[status, schema]] : [],
  );
  return {
    method,
    url: route.url,
    config: route.config ?? {},
    params: params instanceof z.ZodObject ? params : undefined,
    query: querystring instanceof z.ZodObject ? querystring : undefined,
    body: body instanceof z.ZodType ? body : undefined,
    responses: new Map(responses),
  };
}

/** True for lists that are read page by page: `{ items, next }`. */
export function isPaged(operation: Operation): boolean {
  const answer = operation.responses.get('200');
  return answer instanceof z.ZodObject && 'items' in answer.shape && 'next' in answer.shape;
}
