import { type AuditEntry, listAuditEntries } from '../../../audit-log.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { getAuditLogSchema } from './schema.ts';

/** GET /audit-log: a page of what was changed in the organisation and by which key, newest first. */
export function getAuditLog(api: Api, { store }: Services): void {
  api.get('/audit-log', { schema: getAuditLogSchema, config: { scope: 'org:read' } }, async (request) => {
    const { cursor, limit, action, target_id: targetId } = request.query;
    const { orgId } = identityOf(request);
    const page = await listAuditEntries(store.db, orgId, { action, targetId }, readPageKey(cursor), limit);
    return { items: page.items.map(entryOnWire), next: writePageKey(page.next) };
  });
}

function entryOnWire(entry: AuditEntry) {
  return {
    id: entry.id,
    actor: { type: entry.actorType, id: entry.actorId },
    action: entry.action,
    target_id: entry.targetId,
    request_id: entry.requestId,
    data: entry.data,
    created_at: entry.createdAt.toISOString(),
  };
}
