import { destinationParams, transferDestinationSchema } from '../../transfer-destination.ts';

export const getTransferDestinationSchema = { params: destinationParams, response: { 200: transferDestinationSchema } };
