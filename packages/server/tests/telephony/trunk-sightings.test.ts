import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureOrganisation } from '../../src/organisations.ts';
import { createSecrets } from '../../src/secrets.ts';
import { inboundTrunks } from '../../src/store/schema.ts';
import { createTrunkSightings } from '../../src/telephony/trunk-sightings.ts';
import { createTrunk } from '../../src/trunks.ts';
import { openTestStore, silentLog, type TestStore } from '../test-store.ts';

let testStore: TestStore;
beforeAll(async () => {
  testStore = await openTestStore();
});
afterAll(() => testStore.dispose());

test('a trunk shows how its PBX was last seen, written down a few times a minute at most', async () => {
  const { db } = testStore.store;
  const { id: orgId } = await ensureOrganisation(db, 'acme', 'Acme');
  const trunk = await createTrunk(db, createSecrets('5e'.repeat(32)), orgId, { phoneNumbers: [], attested: false });
  const seen = async () => {
    const [row] = await db.select().from(inboundTrunks);
    return [row?.lastSeenStyle, row?.lastSeenSource, row?.lastSeenAt?.getTime()] as const;
  };
  const sightings = createTrunkSightings(db, silentLog);
  sightings.note(trunk.id, { style: 'digest', source: '192.0.2.1:5060' });
  await sightings.settled();
  const first = await seen();
  expect(first).toEqual(['digest', '192.0.2.1:5060', expect.any(Number)]);

  await new Promise((resolve) => setTimeout(resolve, 5));
  sightings.note(trunk.id, { style: 'digest', source: '192.0.2.1:5060' });
  await sightings.settled();
  expect(await seen()).toEqual(first);

  sightings.note(trunk.id, { style: 'register', source: '192.0.2.1:5060' });
  // Of an outbound trunk, which shows its registration itself.
  sightings.note(trunk.id, { style: 'registration', source: '192.0.2.9:5060' });
  await sightings.settled();
  expect((await seen()).slice(0, 2)).toEqual(['register', '192.0.2.1:5060']);
});
