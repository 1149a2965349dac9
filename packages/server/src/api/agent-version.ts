import { z } from 'zod';
import type { AgentVersion } from '../agents/publish.ts';
import { type VersionKey, versionSettings } from '../agents/versions.ts';
import { isUuid } from '../uuid.ts';
import { agentSettingsSchema } from './phone-agent.ts';
import { Problem } from './problem.ts';

/** A version of a phone agent as the API answers with it. */
export const agentVersionSchema = z.object({
  id: z.string(),
  agent_id: z.string(),
  /** 1, 2, 3, ... for each agent. */
  number: z.number(),
  /** `draft`: not seen by calls; `published`: the one calls see; `superseded`: published earlier. */
  state: z.enum(['draft', 'published', 'superseded']),
  settings: agentSettingsSchema,
  created_at: z.string(),
  published_at: z.string().nullable(),
});

export const agentVersionParams = z.object({ phone_agent_id: z.string(), number: z.string() });

export function agentVersionOnWire(version: AgentVersion): z.output<typeof agentVersionSchema> {
  return {
    id: version.id,
    agent_id: version.agentId,
    number: version.number,
    state: version.state,
    settings: versionSettings(version),
    created_at: version.createdAt.toISOString(),
    published_at: version.publishedAt?.toISOString() ?? null,
  };
}

/**
 * Does something with the version a path names.
 * @throws {Problem} `agent_version_not_found`, also for agents of other organisations.
 */
export async function withAgentVersion(
  orgId: string,
  { phone_agent_id: agentId, number }: z.output<typeof agentVersionParams>,
  use: (key: VersionKey) => Promise<AgentVersion | undefined>,
): Promise<AgentVersion> {
  // PostgreSQL's integers have ten digits.
  const counted = /^[1-9]\d{0,8}$/.test(number);
  const version = counted && isUuid(agentId) ? await use({ orgId, agentId, number: Number(number) }) : undefined;
  if (!version) {
    throw new Problem(
      'agent_version_not_found',
      'There is no such version of a phone agent. List them with GET /phone/{phone_agent_id}/versions.',
    );
  }
  return version;
}
