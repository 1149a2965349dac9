import { callParams } from '../../call-route.ts';

export const getPhoneCallTracePcapSchema = { params: callParams };
