import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { errorEntry } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { databaseFault, type StoreError, storeErrorOf } from '../store/store-error.ts';
import { Problem, type ProblemCode, type ProblemError, problemBody, problems } from './problem.ts';

/** Fastify's own refusals, by status; what else is 4xx there is a malformed request. */
const frameworkProblems: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  413: ['body_too_large', 'The body is larger than 1 MiB. Send less in one request.'],
  415: ['media_type_unsupported', 'The body must be JSON. Send it with Content-Type: application/json.'],
  503: ['shutting_down', 'The server is stopping. Try again in a few seconds.'],
};

const notJson = new Set(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY']);

/** SQLSTATE character_not_in_repertoire and untranslatable_character: PostgreSQL keeps no NUL in texts and JSON. */
const unstorable = new Set(['22021', '22P05']);

/** SQLSTATE serialization_failure and deadlock_detected: the database let another request go first. */
const wentSecond = new Set(['40001', '40P01']);

/**
 * Constraints that a correct request can violate: what it had looked up was deleted or taken by another one before it could
 * write. Every other violation, such as of a reference to an organisation, is a fault of ours and answered as one.
 */
const contended =
  /_(phone_agents|contacts|users|sessions|inbound_trunks|outbound_trunks|transfer_destinations|knowledge)_id_fk$|^contacts_org_phone$|^users_email_unique$/;

/** Answers every error with a problem body; what is our own fault is logged whole and told without particulars. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  // Without another request at the same time, a change in the meantime is a fault of ours too.
  if (problems[problem.code].status >= 500 || problem.code === 'changed_meanwhile') {
    request.log.error({ ...errorEntry(error), problem: problem.code, request_id: request.id }, 'request failed');
  }
  return sendProblem(problem, request, reply);
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status } = problems[problem.code];
  // RFC 9110 section 11.6.1: a 401 says how to authenticate.
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemBody(problem, request.id));
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) {
    const errors = error.fields.map((field) => ({ in: 'body' as const, ...field }));
    return new Problem(error.code, error.message, errors);
  }
  if (hasZodFastifySchemaValidationErrors(error)) return validationProblem(error);
  const store = storeErrorOf(error, 'the database');
  if (store) return unavailable(store);
  const { code: fault = '', constraint = null } = databaseFault(error) ?? {};
  if (wentSecond.has(fault) || (constraint !== null && contended.test(constraint))) {
    return new Problem(
      'changed_meanwhile',
      'Another request changed or deleted something that this one needs. Read it again, then try again.',
    );
  }
  if (unstorable.has(fault)) {
    return new Problem('validation_failed', 'A text holds a character that cannot be stored. Remove NUL characters.');
  }
  return (
    frameworkProblem(error) ??
    new Problem('internal_error', 'The server made a mistake. Its log tells more under this request_id.')
  );
}

function unavailable(error: StoreError): Problem {
  const full = error.code === 'database_full';
  return new Problem(
    'store_unavailable',
    `The database ${full ? 'has no space left' : 'cannot be reached'}. Try again later; the operator finds the reason in /readyz and in the log.`,
  );
}

function frameworkProblem(error: unknown): Problem | null {
  if (!(error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number')) return null;
  if ('code' in error && typeof error.code === 'string' && notJson.has(error.code)) {
    return new Problem('malformed_json', 'The body is not valid JSON. Check quotes, commas and that it is not empty.');
  }
  const known = frameworkProblems[error.statusCode];
  if (known) return new Problem(...known);
  if (error.statusCode < 400 || error.statusCode >= 500) return null;
  return new Problem('malformed_request', `The request is malformed: ${error.message}.`);
}

const places = { body: 'body', querystring: 'query', params: 'path', headers: 'query' } as const;

interface ValidationFault {
  readonly validation: readonly {
    readonly instancePath: string;
    readonly keyword: string;
    readonly message?: string;
  }[];
  readonly validationContext?: keyof typeof places;
}

function validationProblem({ validation, validationContext = 'body' }: ValidationFault): Problem {
  const errors: ProblemError[] = validation.map((fault) => ({
    in: places[validationContext],
    // The provider joins path parts without escaping; our field names hold neither `~` nor `/`.
    pointer: fault.instancePath === '/' ? '' : fault.instancePath,
    code: fault.keyword,
    detail: fault.message ?? 'is not valid',
  }));
  const named = errors.map(({ pointer, detail }) => `${pointer || 'the body'}: ${detail}`).join('; ');
  return new Problem('validation_failed', `Correct these and send the request again: ${named}.`, errors);
}
