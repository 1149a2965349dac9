import { eq, isNull } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ensureOrganisation } from '../../src/organisations.ts';
import { organisations, sipRefusals } from '../../src/store/schema.ts';
import { createRefusalLog, type RefusalLogOptions } from '../../src/telephony/refusal-log.ts';
import { pruneRefusals } from '../../src/telephony/store-refusals.ts';
import { openTestStore } from '../test-store.ts';
import { strangersRefusal } from './refusal.ts';

const database = await openTestStore();
const { db } = database.store;
afterAll(() => database.dispose());
beforeEach(async () => {
  await db.delete(sipRefusals);
  await db.delete(organisations);
});

/** A log with what it wrote to the server's log. */
function openLog(options: Partial<RefusalLogOptions> = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { lines, refusals: createRefusalLog({ db, log, batchMs: 5, ...options }) };
}

const stored = () => db.select().from(sipRefusals).orderBy(sipRefusals.sipCallId);
const until = async (condition: () => boolean | Promise<boolean>) => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('refusals are written a little later, with their explanation', async () => {
  const { refusals } = openLog({ batchMs: 200 });
  const steps = [{ rule: 'agent_header', outcome: 'warning', why: 'Half a character: \ud83d' }] as const;
  refusals.note(strangersRefusal({ sipCallId: 'a', steps }));
  expect(await stored()).toEqual([]);
  await until(async () => (await stored()).length === 1);
  expect((await stored())[0]?.steps).toEqual([{ ...steps[0], why: 'Half a character: \ufffd' }]);
  await refusals.close();
});

test('closing writes what waits, and nothing is taken afterwards', async () => {
  const { refusals } = openLog({ batchMs: 60_000 });
  refusals.note(strangersRefusal({ sipCallId: 'a' }));
  refusals.note(strangersRefusal({ sipCallId: 'b' }));
  await refusals.close();
  refusals.note(strangersRefusal({ sipCallId: 'c' }));
  await refusals.close();
  expect((await stored()).map((row) => row.sipCallId)).toEqual(['a', 'b']);
});

test('only INVITEs are listed; the rest is counted', async () => {
  const { refusals, lines } = openLog({ summaryMs: 20 });
  refusals.note(strangersRefusal({ method: 'REGISTER', code: 'method_not_allowed' }));
  await until(() => lines.length > 0);
  await refusals.close();
  expect(await stored()).toEqual([]);
  expect(lines[0]).toMatchObject({ refused: { method_not_allowed: 1 }, dropped: 0 });
});

test('under a flood the newest are kept and the oldest are counted, in one line of the log', async () => {
  const { refusals, lines } = openLog({ batchMs: 200, summaryMs: 400 });
  for (let i = 0; i < 5000; i += 1)
    refusals.note(strangersRefusal({ at: new Date(), sipCallId: String(i).padStart(5, '0') }));
  await until(() => lines.length > 0);
  await refusals.close();
  const rows = await stored();
  expect([rows.length, rows[0]?.sipCallId, rows.at(-1)?.sipCallId]).toEqual([200, '04800', '04999']);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ refused: { wrong_credentials: 5000 }, dropped: 4800 });
});

test('no more rows in a minute than allowed, however slowly they come', async () => {
  const { refusals } = openLog({ batchMs: 0 });
  for (let batch = 0; batch < 10; batch += 1) {
    for (let i = 0; i < 100; i += 1) refusals.note(strangersRefusal());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await refusals.close();
  expect(await stored()).toHaveLength(600);
});

test('a lost database is logged, and what comes later is written', async () => {
  const { refusals, lines } = openLog();
  // A time that no database holds.
  refusals.note(strangersRefusal({ at: new Date(Number.NaN) }));
  await until(() => lines.length > 0);
  expect(lines[0]).toMatchObject({ level: 50, refusals: 1 });
  refusals.note(strangersRefusal({ sipCallId: 'later' }));
  await refusals.close();
  expect((await stored()).map((row) => row.sipCallId)).toEqual(['later']);
});

test('what is older than 30 days is deleted', async () => {
  const { refusals, lines } = openLog({ summaryMs: 100 });
  const at = (days: number) => new Date(Date.now() - days * 86_400_000);
  refusals.note(strangersRefusal({ sipCallId: 'old', at: at(31) }));
  refusals.note(strangersRefusal({ sipCallId: 'young', at: at(29) }));
  await until(() => lines.length > 0);
  await refusals.close();
  expect((await stored()).map((row) => row.sipCallId)).toEqual(['young']);
});

test('of each owner the newest 10,000 are kept', async () => {
  const { id: orgId } = await ensureOrganisation(db, 'acme', 'Acme');
  const at = Date.now();
  const row = (owner: string | null, i: number) => {
    const { trunk: _, ...refusal } = strangersRefusal({ at: new Date(at - i * 1000) });
    return { ...refusal, steps: null, orgId: owner };
  };
  // Statements of PostgreSQL take up to 65,535 parameters.
  for (let from = 0; from < 10_005; from += 2001) {
    await db.insert(sipRefusals).values(Array.from({ length: 2001 }, (__, i) => row(orgId, from + i)));
  }
  await db.insert(sipRefusals).values(row(null, 20_000));
  await pruneRefusals(db, new Set([orgId, null]));
  expect(await db.$count(sipRefusals, eq(sipRefusals.orgId, orgId))).toBe(10_000);
  expect(await db.$count(sipRefusals, isNull(sipRefusals.orgId))).toBe(1);
});

test('a fault of ours is in the log at once', async () => {
  const { refusals, lines } = openLog();
  const fault = strangersRefusal({ method: '', code: 'internal_error', status: 500, reason: 'x is not a function' });
  refusals.note(fault);
  refusals.note(fault);
  await refusals.close();
  expect(lines).toMatchObject([{ level: 50, status: 500, pii: { reason: 'x is not a function' } }]);
});
