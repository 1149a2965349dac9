/** Every INVITE that is turned away is listed with its reason, over real sockets. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../src/index.ts';
import { MemoryDirectory, pickUpTelephone, startService, type Telephone } from './scene.ts';

let directory: MemoryDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new MemoryDirectory();
  telephone = await pickUpTelephone(32_900);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

test('a wrong password, with the user name and the numbers as written', async () => {
  const { outcome } = await telephone.dial(service.sipPort, { user: 'stranger' });
  expect(outcome.status).toBe(403);
  expect(directory.refusals).toMatchObject([
    {
      method: 'INVITE',
      transport: 'udp',
      source: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      username: 'stranger',
      trunk: undefined,
      caller: '+12025550199',
      called: '+12025550100',
      status: 403,
      code: 'wrong_credentials',
      steps: [],
    },
  ]);
});

test('no route, with the explanation', async () => {
  directory.trunk = { fallback: 'reject', trunkNumbers: new Set() };
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(404);
  expect(directory.refusals).toMatchObject([
    { code: 'no_route', status: 404, trunk: { id: 'trunk-1' }, username: 'pbx', called: '+12025550100' },
  ]);
  expect(directory.refusals[0]?.steps.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
    'dialled_number failed',
    'agent_header skipped',
    'assigned_number failed',
    'trunk_number failed',
    'first_available skipped',
  ]);
});

test('no agent, with the status the trunk wants', async () => {
  directory.agents = [];
  directory.trunk = { noAgentStatus: 486 };
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(486);
  expect(directory.refusals).toMatchObject([{ code: 'no_agent', status: 486 }]);
});

test('more calls than the trunk allows, until one of them is over', async () => {
  directory.trunk = { maxCalls: 1 };
  const { call } = await telephone.dial(service.sipPort);
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(503);
  expect(directory.refusals).toMatchObject([
    {
      code: 'over_capacity',
      reason: 'The trunk already has as many calls as it may have (1).',
      steps: [{ rule: 'trunk_limit', outcome: 'failed' }],
    },
  ]);
  await call.hangup();
  while (service.activeCalls > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const next = await telephone.dial(service.sipPort);
  expect(next.outcome.status).toBe(200);
  await next.call.hangup();
});

test('a trunk that requires encryption gets 488 for plain sound', async () => {
  directory.trunk = { mediaEncryption: 'require' };
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(488);
  expect(directory.refusals).toMatchObject([{ code: 'encryption_required' }]);
});

test('a codec that the trunk does not allow is not agreed on', async () => {
  directory.trunk = { codecs: ['PCMA'] };
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(488);
  expect(directory.refusals).toMatchObject([{ code: 'no_common_codec' }]);
});

test('a trunk that was deleted since', async () => {
  directory.findTrunk = async () => undefined;
  expect((await telephone.dial(service.sipPort)).outcome.status).toBe(403);
  expect(directory.refusals).toMatchObject([{ code: 'authentication_failed', trunk: undefined }]);
});

test('a caller who is answered is not listed', async () => {
  const { call } = await telephone.dial(service.sipPort);
  await call.hangup();
  expect(directory.refusals).toEqual([]);
});
