import { newDestination, transferDestinationSchema } from '../../transfer-destination.ts';

export const postTransferDestinationsSchema = { body: newDestination, response: { 200: transferDestinationSchema } };
