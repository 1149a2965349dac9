import { callParams } from '../../call-route.ts';

export const getPhoneCallRecordingSchema = { params: callParams };
