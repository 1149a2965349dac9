import { z } from 'zod';
import type { Config } from '../config/config.ts';
import { sipEndpoint } from '../public-address.ts';
import type { InboundTrunk } from '../trunks.ts';

/** The header a PBX names an agent in (SIP header names are not case-sensitive). */
const agentIdHeader = 'X-OPENCX-AGENT-ID';

/** An inbound trunk as the API answers with it: what a PBX needs to send calls here. */
export const inboundTrunkSchema = z.object({
  id: z.string(),
  /** `host` or `host:port`. */
  sip_endpoint: z.string(),
  auth_username: z.string(),
  auth_password: z.string(),
  phone_numbers: z.array(z.string()),
  krisp_enabled: z.boolean(),
  agent_id_header: z.string(),
});

export function inboundTrunkOnWire(trunk: InboundTrunk, config: Config): z.output<typeof inboundTrunkSchema> {
  return {
    id: trunk.id,
    sip_endpoint: sipEndpoint(config),
    auth_username: trunk.authUsername,
    auth_password: trunk.authPassword,
    phone_numbers: trunk.phoneNumbers,
    krisp_enabled: trunk.krispEnabled,
    agent_id_header: agentIdHeader,
  };
}
