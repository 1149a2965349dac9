import { callParams } from '../../call-route.ts';
import { streamHeaders } from '../../event-stream.ts';

export const getPhoneCallEventsSchema = { params: callParams, headers: streamHeaders };
