import { z } from 'zod';
import { agentParams } from '../../agent-sip-config.ts';
import { transferDestinationSchema } from '../../transfer-destination.ts';

/** A bare array without paging, as documented. */
export const getAgentTransferDestinationsSchema = {
  params: agentParams,
  response: { 200: z.array(transferDestinationSchema) },
};
