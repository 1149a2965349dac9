import type { Scope } from '../../../src/api-keys.ts';

const someId = '00000000-0000-4000-8000-000000000000';

/** Every route that needs a key, and what the key must allow. */
export const protectedRoutes: readonly { readonly method: string; readonly path: string; readonly scope: Scope }[] = [
  { method: 'POST', path: '/phone', scope: 'phone:write' },
  { method: 'GET', path: '/phone', scope: 'phone:read' },
  { method: 'GET', path: `/phone/${someId}`, scope: 'phone:read' },
  { method: 'GET', path: '/phone/voices', scope: 'phone:read' },
  { method: 'GET', path: '/phone/settings', scope: 'phone:read' },
  { method: 'PATCH', path: '/phone/settings', scope: 'phone:write' },
  { method: 'PATCH', path: `/phone/${someId}`, scope: 'phone:write' },
  { method: 'DELETE', path: `/phone/${someId}`, scope: 'phone:write' },
  { method: 'GET', path: `/phone/${someId}/versions`, scope: 'phone:read' },
  { method: 'POST', path: `/phone/${someId}/versions`, scope: 'phone:write' },
  { method: 'PATCH', path: `/phone/${someId}/versions/1`, scope: 'phone:write' },
  { method: 'POST', path: `/phone/${someId}/versions/1/publish`, scope: 'phone:write' },
  { method: 'POST', path: `/phone/${someId}/versions/1/rollback`, scope: 'phone:write' },
  { method: 'POST', path: '/phone/sip/inbound-trunk', scope: 'sip:write' },
  { method: 'GET', path: '/phone/sip/inbound-trunk', scope: 'sip:read' },
  { method: 'POST', path: '/phone/numbers', scope: 'phone:write' },
  { method: 'GET', path: '/phone/numbers', scope: 'phone:read' },
  { method: 'GET', path: '/phone/numbers/available', scope: 'phone:read' },
  { method: 'POST', path: '/phone/numbers/buy', scope: 'phone:write' },
  { method: 'GET', path: `/phone/numbers/${someId}`, scope: 'phone:read' },
  { method: 'DELETE', path: `/phone/numbers/${someId}`, scope: 'phone:write' },
  { method: 'POST', path: `/phone/numbers/${someId}/verify`, scope: 'phone:write' },
  { method: 'POST', path: `/phone/numbers/${someId}/check`, scope: 'phone:write' },
  { method: 'GET', path: '/chat/sessions', scope: 'chat-sessions:read' },
  { method: 'GET', path: `/chat/sessions/${someId}`, scope: 'chat-sessions:read' },
  { method: 'GET', path: `/chat/sessions/${someId}/history`, scope: 'chat-sessions:read' },
];
