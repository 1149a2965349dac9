import { agentParams } from '../../agent-sip-config.ts';
import { deletedSchema } from '../../deleted.ts';
import { destinationParams } from '../../transfer-destination.ts';

export const deleteAgentTransferDestinationSchema = {
  params: agentParams.extend(destinationParams.shape),
  response: { 200: deletedSchema },
};
