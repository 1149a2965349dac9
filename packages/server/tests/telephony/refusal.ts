import type { NotedRefusal } from '@dialplane/calls';

/** An INVITE of a stranger with a wrong password. */
export const strangersRefusal = (fields: Partial<NotedRefusal> = {}): NotedRefusal => ({
  at: new Date('2026-01-02T03:04:05Z'),
  source: '192.0.2.66:5060',
  transport: 'udp',
  method: 'INVITE',
  sipCallId: 'call',
  trunk: undefined,
  username: undefined,
  caller: '+12025550199',
  called: null,
  status: 403,
  code: 'wrong_credentials',
  reason: 'no such user or wrong password',
  steps: [],
  ...fields,
});
