import { destinationChanges, destinationParams, transferDestinationSchema } from '../../transfer-destination.ts';

export const putTransferDestinationSchema = {
  params: destinationParams,
  body: destinationChanges,
  response: { 200: transferDestinationSchema },
};
