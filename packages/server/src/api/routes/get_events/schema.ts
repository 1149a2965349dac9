import { streamHeaders } from '../../event-stream.ts';

export const getEventsSchema = { headers: streamHeaders };
