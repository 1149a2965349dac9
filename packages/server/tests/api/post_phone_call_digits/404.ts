import { expect, test } from 'vitest';
import { liveTelephone } from '../../live-telephone.ts';

const live = liveTelephone();

const unknownId = '00000000-0000-4000-8000-000000000000';

test.each([unknownId, 'not-an-id'])('%s is unknown', async (id) => {
  const { status, body } = await live.server.problem('POST', `/phone/calls/${id}/digits`, { body: { digits: '1' } });
  expect([status, body.code]).toEqual([404, 'call_not_found']);
});

test('a call in progress of another organisation is out of reach', async () => {
  const { id, dialled } = await live.dial();
  const { key } = live.server.other;
  const { status, body } = await live.server.problem('POST', `/phone/calls/${id}/digits`, {
    key,
    body: { digits: '1' },
  });
  expect([status, body.code]).toEqual([404, 'call_not_found']);
  await dialled.call.hangup();
});
