import { normaliseNumber } from '@dialplane/calls';
import { eq, sql } from 'drizzle-orm';
import { countryOf } from '../organisations.ts';
import { claimNumbers, readNumbers, verifiedNumbers } from '../phone-numbers.ts';
import { Refusal } from '../refusal.ts';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { inboundTrunks } from '../store/schema.ts';
import { type InboundTrunk, openTrunk } from '../trunks.ts';

type TrunkRow = typeof inboundTrunks.$inferSelect;

/** The list of numbers of the organisation's trunk; every function answers undefined when it has no trunk. */
export interface TrunkNumbers {
  /**
   * Adds numbers as people write them; those on the list already stay where they are.
   * @param attested whoever asks vouches for them.
   * @throws {Refusal} about the numbers.
   */
  add(orgId: string, numbers: readonly string[], attested: boolean): Promise<InboundTrunk | undefined>;
  /**
   * Takes a number off the list; it stays the organisation's.
   * @throws {Refusal} `trunk_number_not_found`.
   */
  remove(orgId: string, number: string): Promise<InboundTrunk | undefined>;
  /** Makes the list all verified numbers of the organisation, and those only. */
  sync(orgId: string): Promise<InboundTrunk | undefined>;
}

export function createTrunkNumbers(db: Database, secrets: Secrets): TrunkNumbers {
  /** Changes the list while nobody else does. */
  function change(
    orgId: string,
    next: (tx: Database, trunk: TrunkRow) => Promise<readonly string[]>,
  ): Promise<InboundTrunk | undefined> {
    return db.transaction(async (tx) => {
      const [trunk] = await tx.select().from(inboundTrunks).where(eq(inboundTrunks.orgId, orgId)).for('update');
      if (!trunk) return undefined;
      const [row] = await tx
        .update(inboundTrunks)
        .set({ phoneNumbers: [...(await next(tx, trunk))], updatedAt: sql`now()` })
        .where(eq(inboundTrunks.id, trunk.id))
        .returning();
      return row && openTrunk(row, secrets);
    });
  }

  return {
    add: (orgId, numbers, attested) =>
      change(orgId, async (tx, trunk) => {
        const country = trunk.country ?? (await countryOf(tx, orgId));
        const read = readNumbers(numbers, country, (i) => `/phone_numbers/${i}`);
        await claimNumbers(tx, orgId, read, attested);
        return [...new Set([...trunk.phoneNumbers, ...read])];
      }),

    remove: (orgId, number) =>
      change(orgId, async (tx, trunk) => {
        const read = normaliseNumber(number, trunk.country ?? (await countryOf(tx, orgId)));
        const listed = read.kind === 'e164' && trunk.phoneNumbers.includes(read.value);
        if (!listed) {
          throw new Refusal(
            'trunk_number_not_found',
            'The trunk does not have this number. Read its numbers with GET /phone/sip/inbound-trunk.',
          );
        }
        return trunk.phoneNumbers.filter((one) => one !== read.value);
      }),

    sync: (orgId) => change(orgId, (tx) => verifiedNumbers(tx, orgId)),
  };
}
