import type { Api, Services } from './api.ts';
import { getChatSession } from './routes/get_chat_session/route.ts';
import { getChatSessionHistory } from './routes/get_chat_session_history/route.ts';
import { getChatSessions } from './routes/get_chat_sessions/route.ts';
import { getHealthz } from './routes/get_healthz/route.ts';
import { getPhone } from './routes/get_phone/route.ts';
import { getPhoneAgent } from './routes/get_phone_agent/route.ts';
import { getInboundTrunk } from './routes/get_phone_sip_inbound_trunk/route.ts';
import { getReadyz } from './routes/get_readyz/route.ts';
import { postPhone } from './routes/post_phone/route.ts';
import { postInboundTrunk } from './routes/post_phone_sip_inbound_trunk/route.ts';

/** Every route of the API; each adds itself. */
export const routes: readonly ((api: Api, services: Services) => void)[] = [
  postPhone,
  getPhone,
  getPhoneAgent,
  postInboundTrunk,
  getInboundTrunk,
  getChatSessions,
  getChatSession,
  getChatSessionHistory,
  getHealthz,
  getReadyz,
];
