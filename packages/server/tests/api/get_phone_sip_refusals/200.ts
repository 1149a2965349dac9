import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeRefusals } from '../../../src/telephony/store-refusals.ts';
import { strangersRefusal } from '../../telephony/refusal.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk } from '../sip-requests.ts';
import type { TrunkBody } from '../trunk-body.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const path = '/phone/sip/refusals';
interface Refusals {
  readonly items: readonly { readonly sip_call_id: string; readonly called: string | null; readonly assign: unknown }[];
  readonly next: string | null;
}
const list = async (query = '', key = server.acme.key) =>
  (await server.request<Refusals>('GET', path + query, { key })).body;

test('nothing was refused yet', async () => {
  expect(await list()).toEqual({ items: [], next: null });
});

test('each organisation sees its own, by user name and by number, and the administrator those of nobody', async () => {
  const trunk = await makeTrunk(server, { phone_numbers: ['+12025550100'], country: 'DE' });
  await storeRefusals(server.store.db, [
    strangersRefusal({ sipCallId: 'by-user', username: trunk.auth_username, called: '030 1234567' }),
    strangersRefusal({ sipCallId: 'by-number', username: 'admin', called: '12025550100' }),
    strangersRefusal({ sipCallId: 'nobody', username: 'admin', called: '100\0' }),
  ]);
  const ids = ({ items }: Refusals) => items.map((item) => item.sip_call_id).sort();
  expect(ids(await list())).toEqual(['by-number', 'by-user']);
  expect(ids(await list('', server.other.key))).toEqual([]);
  expect(ids(await list('?whose=unknown', server.adminKey))).toEqual(['nobody']);
  const byUser = (await list()).items.find((item) => item.sip_call_id === 'by-user');
  expect(byUser).toEqual({
    id: expect.any(String),
    at: '2026-01-02T03:04:05.000Z',
    source: '192.0.2.66:5060',
    transport: 'udp',
    method: 'INVITE',
    sip_call_id: 'by-user',
    auth_username: trunk.auth_username,
    caller: '+12025550199',
    called: '+49301234567',
    status: 403,
    code: 'wrong_credentials',
    reason: 'no such user or wrong password',
    steps: [],
    assign: null,
  });
});

test('what is needed to assign the number', async () => {
  const { items } = (await server.request<{ items: { id: string }[] }>('GET', '/phone/numbers')).body;
  const table = { code: 'no_agent', status: 480, at: new Date('2026-02-01T00:00:00Z') };
  const { id, auth_username: username } = (await server.request<TrunkBody>('GET', '/phone/sip/inbound-trunk')).body;
  expect(id).toBeDefined();
  await storeRefusals(server.store.db, [
    strangersRefusal({ ...table, sipCallId: 'own', username, called: '+12025550100' }),
    strangersRefusal({ ...table, sipCallId: 'new', username, called: '+12025550177', code: 'no_route' }),
    strangersRefusal({ ...table, sipCallId: 'extension', username, called: '100', code: 'no_route' }),
  ]);
  const assign = Object.fromEntries((await list('?limit=3')).items.map((item) => [item.sip_call_id, item.assign]));
  expect(assign).toEqual({
    own: { phone_number: '+12025550100', phone_number_id: items[0]?.id, on_trunk: true },
    new: { phone_number: '+12025550177', phone_number_id: null, on_trunk: false },
    extension: null,
  });
});

test('pages newest first, without repeating any', async () => {
  const seen: string[] = [];
  let query = '?limit=2';
  for (;;) {
    const { items, next } = await list(query);
    seen.push(...items.map((item) => item.sip_call_id));
    if (next === null) break;
    query = `?limit=2&cursor=${next}`;
  }
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
  expect(seen.slice(0, 3).sort()).toEqual(['extension', 'new', 'own']);
});
