import { findAgent, type PhoneAgent } from '../agents.ts';
import type { Database } from '../store/database.ts';
import { isUuid } from '../uuid.ts';
import { Problem } from './problem.ts';

/** @throws {Problem} `phone_agent_not_found`, also for agents of other organisations. */
export async function requireAgent(db: Database, orgId: string, id: string): Promise<PhoneAgent> {
  const agent = isUuid(id) ? await findAgent(db, orgId, id) : undefined;
  if (!agent) throw agentNotFound();
  return agent;
}

export const agentNotFound = () =>
  new Problem('phone_agent_not_found', 'There is no phone agent with this id. List them with GET /phone.');
