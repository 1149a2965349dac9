import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { calls } from '../../../src/store/schema.ts';
import { liveTelephone } from '../../live-telephone.ts';
import { openSipRelay } from '../../sip-relay.ts';
import { insertCall, insertSession } from '../../test-calls.ts';

const live = liveTelephone();

let id: string;
beforeAll(async () => {
  const { store, acme } = live.server;
  const sessionId = await insertSession(store.db, acme.id);
  id = await insertCall(store.db, acme.id, { sessionId, startedAt: new Date(), events: [['invite_received', 0, {}]] });
});

test('a call that is over stays over', async () => {
  const { status, body } = await live.server.problem('POST', `/phone/calls/${id}/digits`, { body: { digits: '1' } });
  expect([status, body.code]).toEqual([409, 'call_ended']);
});

test('a call that this process does not hold is out of reach', async () => {
  await live.server.store.db.update(calls).set({ state: 'answered' }).where(eq(calls.id, id));
  const { status, body } = await live.server.problem('POST', `/phone/calls/${id}/digits`, { body: { digits: '1' } });
  expect([status, body.code]).toEqual([409, 'call_not_here']);
});

test('a phone that takes no keys gets none', async () => {
  // Neither as telephone events nor as INFO.
  const relay = await openSipRelay(live.telephone.calls.sipPort, (text) => text.replace(/^(Allow:.*), INFO\b/m, '$1'));
  const { id: called, dialled } = await live.dial({ withoutDigits: true, port: relay.port });
  const { status, body } = await live.server.problem('POST', `/phone/calls/${called}/digits`, {
    body: { digits: '1' },
  });
  expect([status, body.code]).toEqual([409, 'digits_not_agreed']);
  await dialled.call.hangup();
  relay.close();
});
