import { callSchema } from '../../call.ts';
import { callParams } from '../../call-route.ts';

export const postPhoneCallHangupSchema = { params: callParams, response: { 200: callSchema } };
