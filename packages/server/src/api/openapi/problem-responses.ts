import { STATUS_CODES } from 'node:http';
import { problems } from '../problem.ts';
import type { Operation } from './operations.ts';
import type { JsonSchema } from './schemas.ts';

/** The body of every error: RFC 9457 with the documented `ErrorDto` beside it. */
export const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'request_id', 'errors', 'statusCode', 'message', 'error'],
  properties: {
    type: { type: 'string', description: 'Page about this problem.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'Cause and next step.' },
    code: { type: 'string', enum: Object.keys(problems), description: 'Stable; decide by it.' },
    request_id: { type: 'string', description: "Finds the request in the server's log." },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['in', 'pointer', 'code', 'detail'],
        properties: {
          in: { type: 'string', enum: ['body', 'query', 'path'] },
          pointer: { type: 'string', description: 'JSON pointer (RFC 6901).' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
    statusCode: { type: 'integer' },
    message: { type: 'string' },
    error: { type: 'string' },
  },
};

const statuses = [...new Set(Object.values(problems).map(({ status }) => status))].sort((a, b) => a - b);

/** A response for each status that problems have, named after it: `NotFound`. */
export function problemResponses(): Record<string, unknown> {
  return Object.fromEntries(
    statuses.map((status) => [
      nameOf(status),
      {
        description: describe(status),
        ...(status === 429
          ? { headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } } }
          : {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** The problems an operation can answer with, as references. */
export function problemsOf({ method, config, params, query, body }: Operation): Record<string, unknown> {
  const changes = method !== 'GET';
  const possible: Readonly<Record<number, boolean>> = {
    400: true,
    401: config.scope !== undefined,
    403: config.scope !== undefined,
    404: params !== undefined,
    409: changes,
    413: body !== undefined,
    415: body !== undefined,
    416: config.media === 'audio/*',
    422: changes || query !== undefined,
    429: config.scope !== undefined,
    500: true,
    503: true,
  };
  const wanted = statuses.filter((status) => possible[status] ?? changes);
  return Object.fromEntries(
    wanted.map((status) => [String(status), { $ref: `#/components/responses/${nameOf(status)}` }]),
  );
}

const nameOf = (status: number): string => (STATUS_CODES[status] ?? String(status)).replace(/[^A-Za-z]/g, '');

function describe(status: number): string {
  const codes = Object.entries(problems).filter(([, problem]) => problem.status === status);
  return codes.map(([code, { title }]) => `\`${code}\`: ${title}.`).join(' ');
}
