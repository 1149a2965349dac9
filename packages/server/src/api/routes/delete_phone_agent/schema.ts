import { z } from 'zod';

export const deletePhoneAgentSchema = {
  params: z.object({ phone_agent_id: z.string() }),
  response: { 200: z.object({ id: z.string(), deleted: z.literal(true) }) },
};
