import { streamHeaders } from '../../event-stream.ts';
import { sessionParams } from '../../session-route.ts';

export const getChatSessionEventsSchema = { params: sessionParams, headers: streamHeaders };
