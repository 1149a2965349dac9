import { expect, test } from 'vitest';
import { openStream } from '../../event-stream.ts';
import { liveTelephone } from '../../live-telephone.ts';
import { callerNumber } from '../../telephone.ts';

const live = liveTelephone();

test('a call is listed, heard, told live, hung up, and reads its ending', async () => {
  const overview = await openStream(live.server, '/events');
  const { id, dialled } = await live.dial();
  const path = `/phone/calls/${id}`;
  const stream = await openStream(live.server, `${path}/events`);
  await stream.event('media_started');
  expect((await live.server.request('GET', path)).body).toMatchObject({
    state: 'answered',
    direction: 'inbound',
    agent_id: live.telephone.agentId,
    caller: callerNumber,
    codec: 'PCMU',
    ending: null,
    media: null,
    ended_at: null,
  });

  const hungUp = await live.server.request('POST', `${path}/hangup`);
  expect(hungUp.status).toBe(200);
  expect(hungUp.body).toMatchObject({
    id,
    state: 'ended',
    ending: { reason: 'ended_by_api', by: 'us', class: 'ours', sip_code: 200, page: '/docs/endings#ended_by_api' },
    media: { sent: expect.any(Number), received: expect.any(Number), lost: 0 },
    routing: expect.arrayContaining([expect.objectContaining({ outcome: 'matched', why: expect.any(String) })]),
  });
  await dialled.ended;

  // The stream has the whole record, in order and without gaps, and ends with it.
  await stream.ended;
  expect(stream.events.map((event) => event.id)).toEqual(stream.events.map((_, i) => String(i)));
  expect(stream.events[0]).toMatchObject({ event: 'invite_received', data: { seq: 0, caller: callerNumber } });
  expect(stream.events.at(-1)).toMatchObject({ event: 'ended', data: { reason: 'ended_by_api', sip_code: 200 } });
  // The organisation's stream knew of it live.
  await overview.event('ended');
  expect(overview.events.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['invite_received', 'answered', 'ended']),
  );
  expect(overview.events.every(({ data }) => data.call_id === id)).toBe(true);
  overview.close();
});
