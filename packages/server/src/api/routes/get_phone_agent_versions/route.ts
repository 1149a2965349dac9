import { listVersions } from '../../../agents/versions.ts';
import { agentVersionOnWire } from '../../agent-version.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { readCursor, writeCursor } from '../../cursor.ts';
import { requireAgent } from '../../require-agent.ts';
import { getPhoneAgentVersionsSchema } from './schema.ts';

/** GET /phone/{phone_agent_id}/versions: a page of an agent's versions, newest first. */
export function getPhoneAgentVersions(api: Api, { store }: Services): void {
  const options = { schema: getPhoneAgentVersionsSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/:phone_agent_id/versions', options, async (request) => {
    const { cursor, limit } = request.query;
    const agent = await requireAgent(store.db, identityOf(request).orgId, request.params.phone_agent_id);
    const before = cursor ? readCursor(cursor, versionNumber) : null;
    const { items, next } = await listVersions(store.db, agent, before, limit);
    return { items: items.map(agentVersionOnWire), next: next === null ? null : writeCursor([next]) };
  });
}

function versionNumber([number]: readonly unknown[]): number | null {
  // PostgreSQL's integers end a little above.
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 2 ** 31 ? number : null;
}
