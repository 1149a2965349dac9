import type { z } from 'zod';
import { documented } from './documented.ts';
import { namedSchemas } from './named-schemas.ts';
import { nameOperation, type OperationNames } from './operation-names.ts';
import type { Operation } from './operations.ts';
import { problemResponses, problemSchema, problemsOf } from './problem-responses.ts';
import { createSchemaRegistry, parameterSchemas, type SchemaRegistry } from './schemas.ts';

interface OpenApiOperation extends Readonly<Record<string, unknown>> {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
}

/** An OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1). */
export interface OpenApiDocument extends Readonly<Record<string, unknown>> {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
}

const rateLimitHeaders = {
  'RateLimit-Limit': 'Requests the key may send in a minute.',
  'RateLimit-Remaining': 'Requests left.',
  'RateLimit-Reset': 'Seconds until all are back.',
};

/** Describes operations by the very schemas that check them. */
export function createDocument(operations: readonly Operation[]): OpenApiDocument {
  const answers = createSchemaRegistry('output');
  const requests = createSchemaRegistry('input');
  for (const [name, schema] of Object.entries(namedSchemas)) answers.name(schema, name);

  const named = uniquelyNamed(operations);
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const [operation, names] of named) {
    const path = operation.url.replace(/:(\w+)/g, '{$1}');
    const described = describe(operation, names, requests, answers);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described };
  }

  return {
    openapi: '3.1.1',
    info: {
      title: 'Dialplane API',
      version: '0.1.0',
      description: 'AI phone agents: SIP trunks, numbers, calls, and what was said in them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(named.map(([, { tag }]) => tag))].map((name) => ({ name })),
    paths: sorted(paths),
    components: {
      securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer', description: 'An API key.' } },
      headers: Object.fromEntries(
        Object.entries(rateLimitHeaders).map(([name, description]) => [
          name,
          { description, schema: { type: 'integer' } },
        ]),
      ),
      responses: problemResponses(),
      schemas: sorted({ Problem: problemSchema, ...requests.schemas(), ...answers.schemas() }),
    },
  };
}

/** An update by PUT and one by PATCH have the same action; the later one is named after its method. */
function uniquelyNamed(operations: readonly Operation[]): readonly (readonly [Operation, OperationNames])[] {
  const taken = new Set<string>();
  return operations.map((operation) => {
    const names = nameOperation(operation);
    const id = taken.has(names.id) ? `${operation.method.toLowerCase()}${capital(names.id)}` : names.id;
    if (taken.has(id)) throw new Error(`Two operations are called ${id}; give one of them a name of its own.`);
    taken.add(id);
    return [operation, { ...names, id }];
  });
}

function describe(
  operation: Operation,
  { id, tag, summary }: OperationNames,
  requests: SchemaRegistry,
  answers: SchemaRegistry,
): OpenApiOperation {
  const { method, url, config, body } = operation;
  const example = documented[`${method} ${url}`]?.example;
  if (body) requests.name(body, `${capital(id)}Request`);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(config.scope ? { security: [{ bearerAuth: [config.scope] }] } : { security: [] }),
    // As the audit log names it.
    ...(config.action ? { 'x-action': config.action } : {}),
    ...parametersOf(operation),
    ...(body
      ? {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: {
              'application/json': {
                schema: requests.reference(body),
                ...(example === undefined ? {} : { example }),
              },
            },
          },
        }
      : {}),
    responses: { ...answersOf(operation, id, answers), ...problemsOf(operation) },
  };
}

function parametersOf({ params, query }: Operation): { readonly parameters?: readonly unknown[] } {
  const described = (where: 'path' | 'query', schema: z.ZodObject | undefined) =>
    (schema ? parameterSchemas(schema) : []).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || !schema?.shape[name]?.safeParse(undefined).success,
      schema: property,
    }));
  const parameters = [...described('path', params), ...described('query', query)];
  return parameters.length > 0 ? { parameters } : {};
}

function answersOf({ config, responses }: Operation, id: string, registry: SchemaRegistry): Record<string, unknown> {
  const headers = config.scope
    ? Object.fromEntries(Object.keys(rateLimitHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]))
    : undefined;
  const answer = (content: unknown) => ({ description: 'As asked.', ...(headers ? { headers } : {}), content });
  if (responses.size === 0) {
    if (config.media) return { 200: answer({ [config.media]: { schema: { type: 'string', format: 'binary' } } }) };
    const media = config.streaming ? 'text/event-stream' : 'text/plain';
    return { 200: answer({ [media]: { schema: { type: 'string' } } }) };
  }
  return Object.fromEntries(
    [...responses].map(([status, schema]) => {
      registry.name(schema, `${capital(id)}Response`);
      return [status, answer({ 'application/json': { schema: registry.reference(schema) } })];
    }),
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
