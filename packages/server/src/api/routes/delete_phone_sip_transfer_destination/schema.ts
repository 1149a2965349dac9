import { deletedSchema } from '../../deleted.ts';
import { destinationParams } from '../../transfer-destination.ts';

export const deleteTransferDestinationSchema = { params: destinationParams, response: { 200: deletedSchema } };
