import { expect, test } from 'vitest';
import { openStream } from '../../event-stream.ts';
import { liveTelephone } from '../../live-telephone.ts';

const live = liveTelephone();

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('keys go to the other side in order, with pauses', async () => {
  const { id, dialled } = await live.dial();
  live.telephone.digits.splice(0);
  const pressed = await live.server.request('POST', `/phone/calls/${id}/digits`, { body: { digits: '12w#' } });
  expect(pressed).toMatchObject({ status: 200, body: { id, digits: '12w#' } });
  await until(() => live.telephone.digits.length === 3);
  expect(live.telephone.digits.map(({ digit }) => digit).join('')).toBe('12#');
  const [one, two, hash] = live.telephone.digits;
  // The pause of 500 ms lies between the second and the third key; the timers of a loaded machine only make it longer.
  expect((hash?.atMs ?? 0) - (two?.atMs ?? 0) - ((two?.atMs ?? 0) - (one?.atMs ?? 0))).toBeGreaterThan(300);
  await dialled.call.hangup();
  // They are written down as sent, not as the caller's.
  const stream = await openStream(live.server, `/phone/calls/${id}/events`);
  await stream.ended;
  const keys = stream.events.filter(({ event }) => event === 'digit');
  expect(keys.map(({ data }) => [data.digit, data.sent_by])).toEqual([
    ['1', 'api'],
    ['2', 'api'],
    ['#', 'api'],
  ]);
  const history = await live.server.request<{
    items: { event: { sender: { type: string }; content: { text: string } } }[];
  }>('GET', `/chat/sessions/${dialled.sessionId}/history`);
  expect(history.body.items.map(({ event }) => [event.sender.type, event.content.text])).toContainEqual([
    'system',
    'Sent the key #',
  ]);
});
