import type { z } from 'zod';
import { apiKeySchema } from '../api-key.ts';
import { deletedSchema } from '../deleted.ts';
import { inboundTrunkSchema } from '../inbound-trunk.ts';
import { organisationSchema } from '../organisation.ts';
import { phoneAgentSchema } from '../phone-agent.ts';
import { sessionSchema } from '../session.ts';
import { userSchema } from '../user.ts';

/** Resources that several operations answer with, under the names clients know them by. */
export const namedSchemas: Readonly<Record<string, z.ZodType>> = {
  ApiKey: apiKeySchema,
  Deleted: deletedSchema,
  InboundTrunk: inboundTrunkSchema,
  Organisation: organisationSchema,
  PhoneAgent: phoneAgentSchema,
  Session: sessionSchema,
  User: userSchema,
};
