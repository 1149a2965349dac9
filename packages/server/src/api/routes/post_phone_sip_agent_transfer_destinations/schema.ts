import { z } from 'zod';
import { agentParams } from '../../agent-sip-config.ts';
import { newDestination } from '../../transfer-destination.ts';

const body = z
  .object({
    destination_id: z.guid('must be the id of a transfer destination').nullish(),
    create: newDestination.nullish(),
  })
  .refine(({ destination_id: id, create }) => (id ?? null) === null || (create ?? null) === null, {
    path: ['create'],
    message: 'must not stand beside destination_id: send one of them',
  })
  .refine(({ destination_id: id, create }) => (id ?? null) !== null || (create ?? null) !== null, {
    path: ['destination_id'],
    message: 'must be there, or create in its place',
  });

export const postAgentTransferDestinationsSchema = {
  params: agentParams,
  body,
  response: { 200: z.object({ destination_id: z.string() }) },
};
