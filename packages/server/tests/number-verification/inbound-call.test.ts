import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureOrganisation } from '../../src/organisations.ts';
import { createSecrets } from '../../src/secrets.ts';
import { phoneAgents, phoneNumbers } from '../../src/store/schema.ts';
import { openCall } from '../../src/telephony/open-call.ts';
import { createTrunk } from '../../src/trunks.ts';
import { openTestStore, type TestStore } from '../test-store.ts';

const dialled = '+12025550101';
let testStore: TestStore;
let acme: { readonly orgId: string; readonly trunkId: string; readonly agentId: string };
let other: typeof acme;
beforeAll(async () => {
  testStore = await openTestStore();
  acme = await organisation('acme');
  other = await organisation('other');
});
beforeEach(() => testStore.store.db.delete(phoneNumbers));
afterAll(() => testStore.dispose());

async function organisation(slug: string): Promise<typeof acme> {
  const { db } = testStore.store;
  const { id: orgId } = await ensureOrganisation(db, slug, slug);
  const trunk = await createTrunk(db, createSecrets('5e'.repeat(32)), orgId, { phoneNumbers: [], attested: false });
  const [agent] = await db.insert(phoneAgents).values({ orgId, name: 'A', type: 'inbound', model: 'm' }).returning();
  return { orgId, trunkId: trunk.id, agentId: agent?.id ?? '' };
}

async function stateAfterCall(
  row: Pick<typeof phoneNumbers.$inferInsert, 'method' | 'state'> & { readonly leftMs: number },
  over = acme,
): Promise<string | undefined> {
  const { db } = testStore.store;
  const startedAt = new Date();
  const { leftMs, ...rest } = row;
  const expiresAt = new Date(startedAt.getTime() + leftMs);
  await db.insert(phoneNumbers).values({ ...rest, orgId: acme.orgId, phoneNumber: dialled, expiresAt });
  const opening = {
    ...over,
    trunkKind: 'inbound' as const,
    sipCallId: randomUUID(),
    caller: '+12025550199',
    callerIsNumber: true,
    callerName: null,
    called: dialled,
    host: '127.0.0.1',
    startedAt,
    events: [{ kind: 'ringing', seq: 0, atMs: 0 }] as const,
  };
  await openCall(db, opening, 'global');
  const [number] = await db.select().from(phoneNumbers).where(eq(phoneNumbers.phoneNumber, dialled));
  return number?.state;
}

test('a call to a number that waits for one proves it', async () => {
  expect(await stateAfterCall({ method: 'inbound_call', state: 'pending', leftMs: 1000 })).toBe('verified');
});

test('a call after the window proves nothing', async () => {
  expect(await stateAfterCall({ method: 'inbound_call', state: 'pending', leftMs: 0 })).toBe('pending');
});

test('a call over the trunk of another organisation proves nothing', async () => {
  expect(await stateAfterCall({ method: 'inbound_call', state: 'pending', leftMs: 1000 }, other)).toBe('pending');
});

test('a call to a number that waits for a code proves nothing', async () => {
  expect(await stateAfterCall({ method: 'sms_code', state: 'pending', leftMs: 1000 })).toBe('pending');
});

test.each(['failed', 'expired'] as const)('a number whose proof has %s stays so', async (state) => {
  expect(await stateAfterCall({ method: 'inbound_call', state, leftMs: 1000 })).toBe(state);
});
