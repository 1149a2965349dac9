import { callParams } from '../../call-route.ts';
import { deletedSchema } from '../../deleted.ts';

export const deletePhoneCallRecordingSchema = { params: callParams, response: { 200: deletedSchema } };
