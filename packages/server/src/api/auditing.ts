import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeAuditEntry } from '../audit-log.ts';
import type { Database } from '../store/database.ts';

/**
 * A `preSerialization` hook: enters every successful change into the audit log before it is answered, so that nobody is
 * told of a change that the log does not know. Which routes change something, and what, they say by `config.action`.
 */
export function auditing(db: Database) {
  return async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
    const { action } = request.routeOptions.config;
    const { identity } = request;
    if (!action || !identity || reply.statusCode >= 300) return payload;
    const params = isRecord(request.params) ? request.params : {};
    await writeAuditEntry(db, {
      orgId: identity.orgId,
      actorType: 'api_key',
      actorId: identity.keyId,
      action,
      targetId: targetOf(payload) ?? textOrNull(Object.values(params).at(-1)),
      requestId: request.id,
      // The names of the fields only: their values can be secrets or personal data.
      data: { params, fields: isRecord(request.body) ? Object.keys(request.body).sort() : [] },
    });
    return payload;
  };
}

/** The `id` of what the route answers with. */
function targetOf(payload: unknown): string | null {
  return isRecord(payload) ? textOrNull(payload.id) : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
