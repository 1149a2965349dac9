import { sessionSchema } from '../../session.ts';
import { sessionParams } from '../../session-route.ts';

export const postChatSessionReopenSchema = { params: sessionParams, response: { 200: sessionSchema } };
