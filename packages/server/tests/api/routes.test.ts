import { afterAll, describe } from 'vitest';
import { closeSharedStore } from '../test-server.ts';

/** `<route>/<status>`, one after the other on one database: opening one for each file would take most of the time. */
const cases: Readonly<Record<string, () => Promise<unknown>>> = {
  'every_route/401': () => import('./every_route/401.ts'),
  'every_route/403': () => import('./every_route/403.ts'),
  'every_route/logging': () => import('./every_route/logging.ts'),
  'every_route/problems': () => import('./every_route/problems.ts'),
  'every_route/stopping': () => import('./every_route/stopping.ts'),
  'get_chat_session/200': () => import('./get_chat_session/200.ts'),
  'get_chat_session/404': () => import('./get_chat_session/404.ts'),
  'get_chat_session_history/200': () => import('./get_chat_session_history/200.ts'),
  'get_chat_session_history/404': () => import('./get_chat_session_history/404.ts'),
  'get_chat_session_history/422': () => import('./get_chat_session_history/422.ts'),
  'get_chat_sessions/200': () => import('./get_chat_sessions/200.ts'),
  'get_chat_sessions/422': () => import('./get_chat_sessions/422.ts'),
  'get_docs/200': () => import('./get_docs/200.ts'),
  'get_healthz/200': () => import('./get_healthz/200.ts'),
  'get_phone/200': () => import('./get_phone/200.ts'),
  'get_phone_agent/200': () => import('./get_phone_agent/200.ts'),
  'get_phone_agent/404': () => import('./get_phone_agent/404.ts'),
  'get_phone_sip_inbound_trunk/200': () => import('./get_phone_sip_inbound_trunk/200.ts'),
  'get_phone_sip_inbound_trunk/404': () => import('./get_phone_sip_inbound_trunk/404.ts'),
  'get_readyz/200': () => import('./get_readyz/200.ts'),
  'get_readyz/503': () => import('./get_readyz/503.ts'),
  'post_phone/200': () => import('./post_phone/200.ts'),
  'post_phone/400': () => import('./post_phone/400.ts'),
  'post_phone/422': () => import('./post_phone/422.ts'),
  'post_phone_sip_inbound_trunk/200': () => import('./post_phone_sip_inbound_trunk/200.ts'),
  'post_phone_sip_inbound_trunk/400': () => import('./post_phone_sip_inbound_trunk/400.ts'),
  'post_phone_sip_inbound_trunk/409': () => import('./post_phone_sip_inbound_trunk/409.ts'),
  'post_phone_sip_inbound_trunk/422': () => import('./post_phone_sip_inbound_trunk/422.ts'),
};

describe.each(Object.entries(cases))('%s', async (_name, load) => {
  await load();
});

afterAll(() => closeSharedStore());
