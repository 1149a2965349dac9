import { callSchema } from '../../call.ts';
import { callParams } from '../../call-route.ts';

export const getPhoneCallSchema = { params: callParams, response: { 200: callSchema } };
