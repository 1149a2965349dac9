import { describe, expect, it } from 'vitest';
import { challenge, setting, settle } from '../support/registration-client.ts';

describe('registration of ours (RFC 3261 10.2)', () => {
  it('registers a Contact of its own, and answers the challenge', async () => {
    const { client, start, last, header, contacts, answer, statuses, clock } = setting();
    await start();
    expect(last().draft).toMatchObject({ method: 'REGISTER', uri: 'sip:carrier.example' });
    expect(contacts()).toEqual([`<sip:${client.token}@10.0.0.1:5060>;expires=600`]);
    expect([header('To'), header('CSeq'), header('Expires')]).toEqual([
      '<sip:bob@carrier.example>',
      '1 REGISTER',
      '600',
    ]);
    const callId = header('Call-ID');
    await answer(401, challenge('a'));
    expect([header('Call-ID'), header('CSeq')]).toEqual([callId, '2 REGISTER']);
    expect(header('Authorization')).toMatch(
      /username="bob".*uri="sip:carrier\.example".*algorithm=SHA-256.*nc=00000001/,
    );
    await answer(200, `Contact: <sip:${client.token}@10.0.0.1:5060>;expires=300`);
    expect(client.status).toMatchObject({
      state: 'registered',
      expiresAtMs: clock.nowMs() + 300_000,
      registrar: { transport: 'udp', address: '192.0.2.1', port: 5060 },
      seenAs: { address: '203.0.113.9', port: 61_000 },
    });
    expect(statuses.map(({ state }) => state)).toEqual(['registering', 'registered']);
  });

  it('refreshes between 50 and 90 % of what was granted, with the same nonce', async () => {
    const { client, start, header, answer, wait, sent, clock } = setting();
    await start();
    await answer(401, challenge('a'));
    await answer(200, `Contact: <sip:${client.token}@rewritten>;expires=100`);
    expect(client.status.nextTryAtMs).toBe(clock.nowMs() + 70_000);
    await wait(69_999);
    expect(sent).toHaveLength(2);
    await wait(1);
    expect([header('CSeq'), client.status.state]).toEqual(['3 REGISTER', 'refreshing']);
    expect(header('Authorization')).toContain('nc=00000002');
    await answer(200, 'Expires: 100');
    expect(client.status).toMatchObject({ state: 'registered', expiresAtMs: clock.nowMs() + 100_000 });
  });

  it('asks for the time the registrar wants (423)', async () => {
    const { start, contacts, answer, client } = setting({ expiresSeconds: 60 });
    await start();
    await answer(423, 'Min-Expires: 1800');
    expect(contacts()).toEqual([expect.stringContaining(';expires=1800')]);
    await answer(200);
    expect(client.status.state).toBe('registered');
  });

  it.each([301, 302])('goes where a %s sends it, and back when that fails', async (status) => {
    const { start, answer, world, last, timeout, wait } = setting();
    await start();
    await answer(status, 'Contact: <sip:other.example;transport=tcp>');
    expect(world.located).toEqual(['sip:carrier.example', 'sip:other.example;transport=tcp']);
    expect(last().draft.uri).toBe('sip:other.example;transport=tcp');
    await timeout();
    await wait(60_000);
    expect(last().draft.uri).toBe('sip:carrier.example');
  });

  it('does not run in circles', async () => {
    const { start, answer, sent, client } = setting();
    await start();
    for (let turn = 0; turn < 20 && client.status.state === 'registering'; turn++) {
      await answer(302, 'Contact: <sip:round.example>');
    }
    expect(client.status).toMatchObject({ state: 'refused', lastError: { code: 'refused', status: 302 } });
    expect(sent.length).toBeLessThan(10);
  });

  it('sends through an outbound proxy with a Route', async () => {
    const { start, world, header, last } = setting({ outboundProxy: 'sip:edge.example:5080' });
    await start();
    expect(world.located).toEqual(['sip:edge.example:5080']);
    expect([last().draft.uri, header('Route')]).toEqual(['sip:carrier.example', '<sip:edge.example:5080;lr>']);
  });

  it('tries the next server, and then waits as RFC 5626 4.5 says', async () => {
    const { start, timeout, answer, last, client, wait, world } = setting({}, ['192.0.2.1', '192.0.2.2']);
    await start();
    await timeout();
    expect(last().path.flow.remoteAddress).toBe('192.0.2.2');
    await answer(503);
    const { state, lastError, nextTryAtMs, sinceMs } = client.status;
    expect([state, lastError?.code, lastError?.errorClass]).toEqual(['waiting', 'server_failure', 'upstream']);
    // 2 * 30 s, of which between a half and all.
    expect(nextTryAtMs).toBe(sinceMs + 45_000);
    await wait(45_000);
    expect(world.located).toHaveLength(2);
    await timeout();
    await timeout();
    expect((client.status.nextTryAtMs ?? 0) - client.status.sinceMs).toBe(90_000);
    expect(client.status.lastError?.code).toBe('no_answer');
  });

  it('waits for as long as Retry-After says, and never longer than half an hour on its own', async () => {
    const { start, answer, client, wait, clock, timeout } = setting();
    await start();
    await answer(503, 'Retry-After: 120 (busy)');
    expect(client.status.nextTryAtMs).toBe(clock.nowMs() + 120_000);
    await wait(120_000);
    for (let failure = 0; failure < 12; failure++) {
      await timeout();
      expect((client.status.nextTryAtMs ?? 0) - clock.nowMs()).toBeLessThanOrEqual(1_800_000);
      await wait(1_800_000);
    }
  });

  it('comes back within a day, whatever Retry-After says', async () => {
    const { start, answer, client, clock } = setting();
    await start();
    await answer(503, 'Retry-After: 999999999');
    expect(client.status.nextTryAtMs).toBe(clock.nowMs() + 86_400_000);
  });

  it('says what is wrong when there is no way', async () => {
    const { start, client } = setting({}, []);
    await start();
    expect(client.status).toMatchObject({ state: 'waiting', lastError: { code: 'unreachable' } });
    expect(client.status.lastError?.message).toContain('carrier.example (no such name)');
  });

  it.each([
    [401, 'wrong_credentials', 'ours', 'user "bob"'],
    [403, 'forbidden', 'upstream', '403 Said'],
    [404, 'unknown_user', 'ours', 'domain'],
    [606, 'refused', 'upstream', 'carrier'],
  ])('gives a clear reason for %s and tries again slowly', async (status, code, errorClass, words) => {
    const { start, answer, client, clock, wait, sent } = setting();
    await start();
    await answer(401, challenge('a'));
    await answer(status, ...(status === 401 ? [challenge('b')] : []));
    expect(client.status).toMatchObject({ state: 'refused', lastError: { code, errorClass, status } });
    expect(client.status.lastError?.message).toContain(words);
    expect(client.status.nextTryAtMs).toBe(clock.nowMs() + 675_000);
    await wait(675_000);
    expect([client.status.state, sent.length]).toEqual(['registering', 3]);
  });

  it('says that credentials are missing', async () => {
    const { start, answer, client } = setting({ credentials: undefined });
    await start();
    await answer(401, challenge('a'));
    expect(client.status.lastError).toMatchObject({ code: 'no_credentials', errorClass: 'ours' });
  });

  it('is not registered by a 200 that lists others only', async () => {
    const { start, answer, client } = setting();
    await start();
    await answer(200, 'Contact: <sip:somebody@else>;expires=600');
    expect(client.status).toMatchObject({ state: 'waiting', lastError: { code: 'not_granted' } });
  });

  it('stays registered while refreshes fail, until the grant runs out', async () => {
    const { start, answer, timeout, client, wait, world } = setting();
    await start();
    await answer(200, 'Expires: 600');
    await wait(420_000);
    await timeout();
    expect(client.status.state).toBe('retrying');
    expect(client.covers({ transport: 'udp', remoteAddress: '192.0.2.1', remotePort: 9 })).toBe(true);
    await wait(45_000);
    await timeout();
    await wait(600_000 - 465_000);
    expect(client.status).toMatchObject({ state: 'registering' });
    expect(client.status.expiresAtMs).toBeUndefined();
    expect(world.kept).toBe(0);
    expect(client.covers({ transport: 'udp', remoteAddress: '192.0.2.1', remotePort: 9 })).toBe(false);
    await answer(200, 'Expires: 600');
    expect(client.status.lastError).toBeUndefined();
  });

  it('registers again at once when its connection is gone', async () => {
    const { start, answer, client, world, sent } = setting();
    await start();
    await answer(200, 'Expires: 600');
    world.lost?.();
    await settle();
    expect([client.status.state, sent.length, world.located.length]).toEqual(['registering', 2, 2]);
  });

  it('takes back its own Contact when it stops, with credentials', async () => {
    const { start, answer, client, contacts, header, clock, world } = setting();
    await start();
    await answer(401, challenge('a'));
    await answer(200, `Contact: <sip:${client.token}@x>;expires=60, <sip:other@y>;expires=9`);
    const over = client.stop();
    expect(contacts()).toEqual([`<sip:${client.token}@10.0.0.1:5060>;expires=0`]);
    expect([header('Expires'), client.status.state]).toEqual(['0', 'unregistering']);
    await answer(401, challenge('b', ', stale=true'));
    await answer(200, 'Contact: <sip:other@y>;expires=9');
    await over;
    expect([client.status.state, clock.running, world.kept]).toEqual(['stopped', 0, 0]);
  });

  it('stops while it looks for the registrar, or waits', async () => {
    const early = setting();
    early.client.start();
    await early.client.stop();
    await settle();
    expect([early.client.status.state, early.sent.length]).toEqual(['stopped', 0]);
    const waiting = setting();
    await waiting.start();
    await waiting.timeout();
    await waiting.client.stop();
    expect([waiting.client.status.state, waiting.clock.running]).toEqual(['stopped', 0]);
  });

  it('is over although its farewell gets no answer', async () => {
    const { start, answer, client, timeout } = setting();
    await start();
    await answer(200);
    const over = client.stop();
    await timeout();
    await over;
    expect(client.status.state).toBe('stopped');
  });

  it('registers the address it is seen at, once, where that is wanted', async () => {
    const { start, answer, client, contacts, sent } = setting({ contactFollowsNat: true });
    await start();
    await answer(200, 'Expires: 600');
    expect(contacts()).toEqual([
      `<sip:${client.token}@203.0.113.9:61000>;expires=600`,
      `<sip:${client.token}@10.0.0.1:5060>;expires=0`,
    ]);
    await answer(200, 'Expires: 600');
    expect([client.status.state, sent.length]).toEqual(['registered', 2]);
  });

  it.each([
    ['[2001:db8::9]', '[2001:db8::9]:61000'],
    ['evil.example', undefined],
    ['203.0.113.9\0', undefined],
  ])('believes no more than an address of who says it sees us at %j', async (received, seen) => {
    const { start, answer, client, contacts, world } = setting({ contactFollowsNat: true });
    world.received = received;
    await start();
    await answer(200, 'Expires: 600');
    expect(contacts()[0]).toBe(`<sip:${client.token}@${seen ?? '10.0.0.1:5060'}>;expires=600`);
    expect(client.status.state).toBe(seen === undefined ? 'registered' : 'refreshing');
  });

  it('goes on in another process with the same Contact, at once', async () => {
    const before = setting();
    await before.start();
    await before.answer(401, challenge('a'));
    await before.answer(200, 'Expires: 600');
    const after = setting({ snapshot: JSON.parse(JSON.stringify(before.client.snapshot())) });
    expect(after.client.covers({ transport: 'udp', remoteAddress: '192.0.2.1', remotePort: 5060 })).toBe(true);
    await after.start();
    expect(after.client.status.state).toBe('refreshing');
    expect(after.contacts()).toEqual(before.contacts());
    expect([after.header('Call-ID'), after.header('CSeq')]).toEqual([before.header('Call-ID'), '3 REGISTER']);
    expect(after.header('Authorization')).toContain('nc=00000002');
  });

  it('survives a watcher that throws', async () => {
    const { start, client, answer } = setting({
      onChange: () => {
        throw new Error('boom');
      },
    });
    await start();
    await answer(200);
    expect(client.status.state).toBe('registered');
  });
});
