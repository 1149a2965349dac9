import { z } from 'zod';
import { phoneAgentSchema } from '../../phone-agent.ts';

/** A bare array without paging, as documented. */
export const getPhoneSchema = { response: { 200: z.array(phoneAgentSchema) } };
