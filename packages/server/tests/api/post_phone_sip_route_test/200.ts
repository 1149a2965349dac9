import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { makeTrunk, numbersPath, trunkPath } from '../sip-requests.ts';
import type { TrunkBody } from '../trunk-body.ts';

interface RouteBody {
  readonly trunk: { readonly id: string; readonly auth_username: string } | null;
  readonly rule: string | null;
  readonly agent: { readonly id: string; readonly name: string } | null;
  readonly dialled: string | null;
  readonly caller: string | null;
  readonly refusal: { readonly code: string; readonly status: number; readonly sentence: string } | null;
  readonly steps: readonly { readonly rule: string; readonly outcome: string; readonly why: string }[];
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const path = '/phone/sip/route-test';
const rehearse = async (body: object) => (await server.request<RouteBody>('POST', path, { body })).body;
let agentId: string;
let nightId: string;
let trunk: TrunkBody;
beforeAll(async () => {
  const none = await rehearse({ phone_number: '+12025550100' });
  expect(none).toEqual({
    trunk: null,
    rule: null,
    agent: null,
    dialled: null,
    caller: null,
    refusal: { code: 'authentication_failed', status: 403, sentence: 'User name or password did not match the trunk.' },
    steps: [
      { rule: 'trunk', outcome: 'failed', why: 'The organisation has no inbound trunk that calls could come in by.' },
    ],
  });
  agentId = (await makeAgent(server, { name: 'Front desk' })).id;
  nightId = (await makeAgent(server, { name: 'Night desk' })).id;
  trunk = await makeTrunk(server, { phone_numbers: ['+12025550100', '+12025550101'] });
  const numbers = await server.request<{ items: { id: string; phone_number: string }[] }>('GET', '/phone/numbers');
  const listed = numbers.body.items.find((one) => one.phone_number === '+12025550100');
  await server.request('PUT', numbersPath(nightId), { body: { phone_number_ids: [listed?.id] } });
});

test('a number, in any form, with every step', async () => {
  expect(await rehearse({ phone_number: '(202) 555-0100', caller: '0012025550199' })).toEqual({
    trunk: { id: trunk.id, auth_username: trunk.auth_username },
    rule: 'assigned_number',
    agent: { id: nightId, name: 'Night desk' },
    dialled: '+12025550100',
    caller: '+12025550199',
    refusal: null,
    steps: [
      {
        rule: 'trunk',
        outcome: 'matched',
        why: `The call comes in by the organisation's trunk, user "${trunk.auth_username}".`,
      },
      {
        rule: 'dialled_number',
        outcome: 'matched',
        why: 'The Request-URI says "(202) 555-0100", read as +12025550100, a number of this organisation.',
      },
      { rule: 'agent_header', outcome: 'skipped', why: 'The INVITE names no agent.' },
      { rule: 'assigned_number', outcome: 'matched', why: '+12025550100 is assigned to "Night desk".' },
    ],
  });
});

test('a header, a listed number, and neither', async () => {
  const byHeader = await rehearse({ phone_number: '+12025550100', agent_id: agentId });
  expect([byHeader.rule, byHeader.agent?.name]).toEqual(['agent_header', 'Front desk']);
  const listed = await rehearse({ phone_number: '+12025550101' });
  expect([listed.rule, listed.agent?.name]).toEqual(['trunk_number', 'Front desk']);
  const unknown = await rehearse({ phone_number: '+12025550177' });
  expect([unknown.rule, unknown.agent?.name]).toEqual(['first_available', 'Front desk']);
});

test('the default agent answers the numbers of the list', async () => {
  await server.request('PATCH', '/phone/settings', { body: { default_phone_agent_id: nightId } });
  const listed = await rehearse({ phone_number: '+12025550101' });
  expect([listed.rule, listed.agent?.name]).toEqual(['trunk_number', 'Night desk']);
  await server.request('PATCH', '/phone/settings', { body: { default_phone_agent_id: null } });
});

test("another organisation's agent in the header is a warning", async () => {
  const foreign = await makeAgent(server, {}, server.other.key);
  const found = await rehearse({ phone_number: '+12025550100', agent_id: foreign.id });
  expect(found.agent?.name).toBe('Night desk');
  expect(found.steps[2]).toEqual({
    rule: 'agent_header',
    outcome: 'warning',
    why: 'The INVITE names an agent this organisation does not have.',
  });
});

test('a number that nothing leads from, where the trunk rejects', async () => {
  await server.request('PATCH', trunkPath, { body: { fallback: 'reject' } });
  const found = await rehearse({ phone_number: '+12025550177' });
  expect(found).toMatchObject({ agent: null, rule: null, refusal: { code: 'no_route', status: 404 } });
  await server.request('PATCH', trunkPath, { body: { fallback: 'agent' } });
});

const invite = (lines: readonly string[] = []) =>
  [
    'INVITE sip:org_x@sip.example.com SIP/2.0',
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
    'From: "Ann" <sip:2025550199@pbx.example>;tag=1',
    'To: <sip:2025550100@sip.example.com>',
    'Call-ID: 1',
    'CSeq: 1 INVITE',
    'Content-Length: 500',
    ...lines,
    '',
    'v=0',
  ].join('\n');

test('an INVITE out of a trace, with line ends of another system and its body cut off', async () => {
  const credentials = `Authorization: Digest username="${trunk.auth_username}", realm="dialplane"`;
  const found = await rehearse({ invite: invite([credentials]) });
  expect(found).toMatchObject({ agent: { name: 'Night desk' }, dialled: '+12025550100', caller: '+12025550199' });
  expect(found.steps[1]?.why).toBe(
    'The To header says "2025550100", read as +12025550100, a number of this organisation.',
  );
});

test('an INVITE with the agent header', async () => {
  expect((await rehearse({ invite: invite([`x-opencx-agent-id: ${agentId}`]) })).agent?.name).toBe('Front desk');
});

test('an INVITE of another user would not be let in', async () => {
  const found = await rehearse({ invite: invite(['Authorization: Digest username="org_other"']) });
  expect(found).toMatchObject({ trunk: null, refusal: { status: 403 } });
  expect(found.steps[0]?.why).toContain('user "org_other"');
});

test('nothing is stored, so reading is enough', async () => {
  const key = await server.scopedKey('sip:read');
  const { status } = await server.request('POST', path, { key, body: { phone_number: '+12025550100' } });
  expect(status).toBe(200);
  expect(await server.store.db.$count(calls)).toBe(0);
});
