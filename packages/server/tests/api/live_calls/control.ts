import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStream } from '../../event-stream.ts';
import { openSipRelay } from '../../sip-relay.ts';
import { callerNumber, pickUpTelephone, saidHz, type Telephone, wordsToSay } from '../../telephone.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
let telephone: Telephone;
beforeAll(async () => {
  server = await startTestServer();
  telephone = await pickUpTelephone(server);
});
afterAll(async () => {
  await telephone.close();
  await server.stop();
});

interface CallBody {
  readonly id: string;
  readonly state: string;
  readonly [field: string]: unknown;
}

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** The call of a session in the list, which has it as soon as it was dialled. */
async function callOf(sessionId: string | undefined): Promise<CallBody> {
  const list = await server.request<{ items: CallBody[] }>('GET', `/phone/calls?session_id=${sessionId}`);
  const [call] = list.body.items;
  if (!call) throw new Error('The session has no call.');
  return call;
}

test('a call is listed, heard, told live, hung up, and reads its ending', async () => {
  const overview = await openStream(server, '/events');
  const dialled = await telephone.dial();
  expect(dialled.status).toBe(200);
  const { id } = await callOf(dialled.sessionId);
  const path = `/phone/calls/${id}`;
  const stream = await openStream(server, `${path}/events`);
  await stream.event('media_started');
  expect((await server.request<CallBody>('GET', path)).body).toMatchObject({
    state: 'answered',
    direction: 'inbound',
    agent_id: telephone.agentId,
    caller: callerNumber,
    codec: 'PCMU',
    ending: null,
    media: null,
    ended_at: null,
  });

  const hungUp = await server.request<CallBody>('POST', `${path}/hangup`);
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

test('keys go to the other side in order, with pauses', async () => {
  const dialled = await telephone.dial();
  const { id } = await callOf(dialled.sessionId);
  telephone.digits.splice(0);
  const pressed = await server.request('POST', `/phone/calls/${id}/digits`, { body: { digits: '12w#' } });
  expect(pressed).toMatchObject({ status: 200, body: { id, digits: '12w#' } });
  await until(() => telephone.digits.length === 3);
  expect(telephone.digits.map(({ digit }) => digit).join('')).toBe('12#');
  const [one, two, hash] = telephone.digits;
  // The pause of 500 ms lies between the second and the third key; the timers of a loaded machine only make it longer.
  expect((hash?.atMs ?? 0) - (two?.atMs ?? 0) - ((two?.atMs ?? 0) - (one?.atMs ?? 0))).toBeGreaterThan(300);
  await dialled.call.hangup();
  // They are written down as sent, not as the caller's.
  const stream = await openStream(server, `/phone/calls/${id}/events`);
  await stream.ended;
  const keys = stream.events.filter(({ event }) => event === 'digit');
  expect(keys.map(({ data }) => [data.digit, data.sent_by])).toEqual([
    ['1', 'api'],
    ['2', 'api'],
    ['#', 'api'],
  ]);
  const history = await server.request<{ items: { event: { sender: { type: string }; content: { text: string } } }[] }>(
    'GET',
    `/chat/sessions/${dialled.sessionId}/history`,
  );
  expect(history.body.items.map(({ event }) => [event.sender.type, event.content.text])).toContainEqual([
    'system',
    'Sent the key #',
  ]);
});

test('given words are spoken', async () => {
  const dialled = await telephone.dial();
  const { id } = await callOf(dialled.sessionId);
  const said = await server.request('POST', `/phone/calls/${id}/say`, { body: { text: wordsToSay } });
  expect(said).toMatchObject({ status: 200, body: { id, text: wordsToSay } });
  await until(() => telephone.heard(saidHz) > -25);
  await dialled.call.hangup();
});

test('a phone that takes no keys gets none', async () => {
  // Neither as telephone events nor as INFO.
  const relay = await openSipRelay(telephone.calls.sipPort, (text) => text.replace(/^(Allow:.*), INFO\b/m, '$1'));
  const dialled = await telephone.dial({ withoutDigits: true, port: relay.port });
  const { id } = await callOf(dialled.sessionId);
  const { status, body } = await server.problem('POST', `/phone/calls/${id}/digits`, { body: { digits: '1' } });
  expect([status, body.code]).toEqual([409, 'digits_not_agreed']);
  await dialled.call.hangup();
  relay.close();
});

test("the trace has the call's SIP messages from the challenge to the end, without credentials", async () => {
  const dialled = await telephone.dial();
  const { id } = await callOf(dialled.sessionId);
  await dialled.call.hangup();
  interface Trace {
    readonly items: readonly { readonly direction: string; readonly at_ms: number; readonly text: string }[];
    readonly next: string | null;
  }
  const firstLines = (trace: Trace) =>
    trace.items.map(({ direction, text }) => `${direction} ${text.slice(0, text.indexOf('\r\n'))}`);
  const read = async (query = '') => (await server.request<Trace>('GET', `/phone/calls/${id}/trace${query}`)).body;
  const whole = ['INVITE', '401', 'ACK', 'INVITE', '100', '180', '200', 'ACK', 'BYE', '200'];
  let trace = await read();
  while (trace.items.length < whole.length) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    trace = await read();
  }
  for (const [i, word] of whole.entries()) expect(firstLines(trace)[i]).toContain(word);
  expect(trace.items.map(({ direction }) => direction).slice(0, 4)).toEqual(['in', 'out', 'in', 'in']);
  const all = trace.items.map(({ text }) => text).join('\n');
  expect(all).toContain('Authorization: Digest response="(removed)"');
  expect(all).not.toMatch(/response="(?!\(removed\))/);
  const page = await read('?limit=3');
  expect(page.items).toEqual(trace.items.slice(0, 3));
  expect((await read(`?cursor=${page.next}`)).items).toEqual(trace.items.slice(3));
});

test('what the greeting took is told, and a call of another organisation is out of reach', async () => {
  const dialled = await telephone.dial();
  const { id } = await callOf(dialled.sessionId);
  const key = server.other.key;
  for (const action of ['hangup', 'say', 'digits']) {
    const body = action === 'hangup' ? undefined : { text: 'x', digits: '1' };
    expect((await server.problem('POST', `/phone/calls/${id}/${action}`, { key, body })).body.code).toBe(
      'call_not_found',
    );
  }
  const stream = await openStream(server, `/phone/calls/${id}/events`);
  await stream.event('agent_spoke');
  await server.request('POST', `/phone/calls/${id}/hangup`);
  const { body } = await server.request('GET', `/phone/calls/${id}/latency`);
  expect(body).toMatchObject({
    id,
    set_up: { ringing_ms: expect.any(Number), answered_ms: expect.any(Number), greeting_ms: expect.any(Number) },
    turns: [],
    ear_to_ear: null,
  });
});
