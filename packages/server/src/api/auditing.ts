import type { FastifyRequest } from 'fastify';
import { writeAuditEntry } from '../audit-log.ts';
import type { Database } from '../store/database.ts';

/**
 * Enters a change that has succeeded into the audit log. Which routes change something, and what, they say by
 * `config.action`.
 * @param answer what the route answers with; its `id` is what was changed.
 */
export async function enterIntoLog(db: Database, request: FastifyRequest, answer: unknown): Promise<void> {
  const { action } = request.routeOptions.config;
  const { identity } = request;
  if (!action || !identity) return;
  const params = isRecord(request.params) ? request.params : {};
  await writeAuditEntry(db, {
    orgId: identity.orgId,
    actorType: 'api_key',
    actorId: identity.keyId,
    action,
    targetId: targetOf(answer) ?? textOrNull(Object.values(params).at(-1)),
    requestId: request.id,
    // The names of the fields only: their values can be secrets or personal data.
    data: { params, fields: isRecord(request.body) ? Object.keys(request.body).sort() : [] },
  });
}

function targetOf(answer: unknown): string | null {
  return isRecord(answer) ? textOrNull(answer.id) : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
