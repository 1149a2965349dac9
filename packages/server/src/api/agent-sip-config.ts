import { z } from 'zod';
import type { AgentSipConfig } from '../sip/agent-sip-config.ts';
import { outboundTrunkOnWire, outboundTrunkSchema } from './outbound-trunk.ts';

/** Which numbers an agent answers, and through which trunk it dials. */
export const agentSipConfigSchema = z.object({
  phone_agent_id: z.string(),
  inbound_numbers: z.array(
    z.object({
      /** What `phone_number_ids` names it by. */
      id: z.string(),
      phone_number: z.string(),
    }),
  ),
  outbound_trunk: outboundTrunkSchema.nullable(),
});

export const agentParams = z.object({ phone_agent_id: z.string() });

export function agentSipConfigOnWire(agentId: string, config: AgentSipConfig): z.output<typeof agentSipConfigSchema> {
  return {
    phone_agent_id: agentId,
    inbound_numbers: config.inboundNumbers.map(({ id, phoneNumber }) => ({ id, phone_number: phoneNumber })),
    outbound_trunk: config.outboundTrunk && outboundTrunkOnWire(config.outboundTrunk),
  };
}
