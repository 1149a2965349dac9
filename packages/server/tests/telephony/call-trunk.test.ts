import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createAgent } from '../../src/agents.ts';
import { ensureOrganisation } from '../../src/organisations.ts';
import { calls, inboundTrunks, organisations, phoneAgents, phoneNumbers } from '../../src/store/schema.ts';
import { readCallTrunk } from '../../src/telephony/call-trunk.ts';
import { insertSession } from '../test-calls.ts';
import { openTestStore } from '../test-store.ts';

const database = await openTestStore();
const { db } = database.store;
afterAll(() => database.dispose());

let orgId: string;
beforeEach(async () => {
  await db.delete(organisations);
  orgId = (await ensureOrganisation(db, 'acme', 'Acme')).id;
});

async function insertTrunk(fields: Partial<typeof inboundTrunks.$inferInsert> = {}): Promise<string> {
  const id = randomUUID();
  await db.insert(inboundTrunks).values({ id, orgId, authUsername: `org_${id}`, authPasswordSealed: '', ...fields });
  return id;
}

async function insertLiveCall(agentId: string, more: Partial<typeof calls.$inferInsert> = {}): Promise<void> {
  const sessionId = await insertSession(db, orgId);
  await db.insert(calls).values({
    orgId,
    sessionId,
    agentId,
    direction: 'inbound',
    state: 'answered',
    sipCallId: randomUUID(),
    called: '+12025550100',
    startedAt: new Date(),
    ...more,
  });
}

const none = () => [];

test('a trunk that is not there', async () => {
  expect(await readCallTrunk(db, randomUUID(), none)).toBeUndefined();
});

test('verified numbers with their agents; claimed ones and those of others are none', async () => {
  const agent = await createAgent(db, orgId, { name: 'A' });
  const other = (await ensureOrganisation(db, 'other', 'Other')).id;
  const number = (phoneNumber: string, more: Partial<typeof phoneNumbers.$inferInsert> = {}) => ({
    orgId,
    phoneNumber,
    method: 'operator' as const,
    state: 'verified' as const,
    ...more,
  });
  await db
    .insert(phoneNumbers)
    .values([
      number('+12025550100', { agentId: agent.id }),
      number('+12025550101'),
      number('+12025550102', { state: 'pending' }),
      number('+12025550103', { orgId: other }),
    ]);
  const dialled = () => ['+12025550100', '+12025550101', '+12025550102', '+12025550103'];
  const trunk = await readCallTrunk(db, await insertTrunk({ phoneNumbers: ['+12025550101'] }), dialled);
  expect(Object.fromEntries(trunk?.numbers ?? [])).toEqual({ '+12025550100': agent.id, '+12025550101': null });
  expect([...(trunk?.trunkNumbers ?? [])]).toEqual(['+12025550101']);
});

test('of many numbers those that the call can be for are read, in the country of the trunk', async () => {
  const numbers = Array.from({ length: 20 }, (_, i) => `+493012345${String(i).padStart(2, '0')}`);
  await db
    .insert(phoneNumbers)
    .values(
      numbers.map((phoneNumber) => ({ orgId, phoneNumber, method: 'operator' as const, state: 'verified' as const })),
    );
  const asked: string[] = [];
  const trunk = await readCallTrunk(db, await insertTrunk({ phoneNumbers: numbers, country: 'DE' }), (country) => {
    asked.push(country);
    return ['+493012345007', '+493012345', '+49301234507'];
  });
  expect(asked).toEqual(['DE']);
  expect([...(trunk?.numbers.keys() ?? [])]).toEqual(['+49301234507']);
  expect([...(trunk?.trunkNumbers ?? [])]).toEqual(['+49301234507']);
});

test('every agent of the organisation, disabled ones too, and nobody of another', async () => {
  const other = (await ensureOrganisation(db, 'other', 'Other')).id;
  await createAgent(db, other, { name: 'Foreign' });
  await createAgent(db, orgId, { name: 'On' });
  await createAgent(db, orgId, { name: 'Off', enabled: false });
  const trunk = await readCallTrunk(db, await insertTrunk(), none);
  expect(trunk?.agents.map(({ name, enabled }) => [name, enabled]).sort()).toEqual([
    ['Off', false],
    ['On', true],
  ]);
});

test('an agent has free capacity until it has as many live calls as it may have', async () => {
  const limited = await createAgent(db, orgId, { name: 'Limited' });
  await db.update(phoneAgents).set({ behaviour: { max_calls: 2 } });
  const unlimited = await createAgent(db, orgId, { name: 'Unlimited' });
  const trunkId = await insertTrunk();
  const capacity = async () =>
    Object.fromEntries(
      (await readCallTrunk(db, trunkId, none))?.agents.map((one) => [one.name, one.hasCapacity]) ?? [],
    );

  await insertLiveCall(limited.id);
  await insertLiveCall(unlimited.id);
  await insertLiveCall(limited.id, { state: 'ended' });
  // Left open by a process that was killed, long ago.
  await insertLiveCall(limited.id, { startedAt: new Date(Date.now() - 2 * 86_400_000) });
  expect(await capacity()).toEqual({ Limited: true, Unlimited: true });
  await insertLiveCall(limited.id, { state: 'ringing' });
  expect(await capacity()).toEqual({ Limited: false, Unlimited: true });
});

test("the trunk's country, else the organisation's; the codecs we speak", async () => {
  const trunkId = await insertTrunk({ codecs: ['PCMA', 'OPUS', 'PCMU'], maxCalls: 3, callsPerSecond: 1.5 });
  expect(await readCallTrunk(db, trunkId, none)).toMatchObject({
    country: 'US',
    codecs: ['PCMA', 'PCMU'],
    maxCalls: 3,
    callsPerSecond: 1.5,
    defaultAgentId: null,
  });
  await db.update(inboundTrunks).set({ country: 'DE' });
  expect(await readCallTrunk(db, trunkId, none)).toMatchObject({ country: 'DE' });
});
