import { z } from 'zod';
import { transferDestinationSchema } from '../../transfer-destination.ts';

/** A bare array without paging, as documented. */
export const getTransferDestinationsSchema = { response: { 200: z.array(transferDestinationSchema) } };
