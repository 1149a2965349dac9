import { normaliseNumber } from '@dialplane/calls';
import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Identity } from './api-keys.ts';
import type { Config } from './config/config.ts';
import { Refusal } from './refusal.ts';
import type { Database } from './store/database.ts';
import { phoneNumbers } from './store/schema.ts';

/**
 * Reads numbers a person wrote as E.164, without repetitions and in their order.
 * @param country ISO 3166 alpha-2 that national forms are read in.
 * @param pointerTo where the i-th text stands in the request (JSON pointer), for the error.
 * @throws {Refusal} `phone_number_invalid`, naming every one that is not a possible number.
 */
export function readNumbers(texts: readonly string[], country: string, pointerTo: (i: number) => string): string[] {
  const read = texts.map((text) => normaliseNumber(text, country));
  const faults = read.flatMap((number, i) =>
    number.kind === 'e164'
      ? []
      : [{ pointer: pointerTo(i), code: 'phone_number_invalid', detail: 'must be a phone number in E.164' }],
  );
  if (faults.length > 0) {
    throw new Refusal(
      'phone_number_invalid',
      'Not every text is a possible phone number. Write numbers in E.164, with a leading + and the country code, such as +12025550100.',
      faults,
    );
  }
  return [...new Set(read.flatMap((number) => (number.kind === 'e164' ? [number.value] : [])))];
}

/**
 * One number, as {@link readNumbers}.
 * @param pointer where the text stands in the request (JSON pointer), for the error.
 */
export function readNumber(text: string, country: string, pointer: string): string {
  const [number] = readNumbers([text], country, () => pointer);
  if (number === undefined) throw new Error('A text was read as neither a number nor a fault.');
  return number;
}

/**
 * Whether a key may vouch for numbers: one with full access where all organisations are one operator's, and everywhere one
 * of the installation's administrator.
 */
export function mayAttest(
  identity: Pick<Identity, 'scopes' | 'instanceAdmin'>,
  config: Pick<Config, 'numberVerification'>,
): boolean {
  return identity.instanceAdmin || (config.numberVerification === 'attest' && identity.scopes === null);
}

/**
 * Makes the numbers this organisation's own. A number belongs to one organisation of the whole installation.
 * @param attested somebody who {@link mayAttest} vouches for them: they count as verified. Otherwise they must have been
 *   verified before.
 * @throws {Refusal} `phone_number_taken` or `phone_number_unverified`.
 */
export async function claimNumbers(
  db: Database,
  orgId: string,
  numbers: readonly string[],
  attested: boolean,
): Promise<void> {
  if (numbers.length === 0) return;
  if (attested) {
    await db
      .insert(phoneNumbers)
      .values(
        numbers.map((phoneNumber) => ({
          orgId,
          phoneNumber,
          method: 'operator' as const,
          state: 'verified' as const,
          verifiedAt: sql`now()`,
        })),
      )
      .onConflictDoNothing({ target: phoneNumbers.phoneNumber });
    await db
      .update(phoneNumbers)
      .set({
        method: 'operator',
        state: 'verified',
        verifiedAt: sql`now()`,
        updatedAt: sql`now()`,
        codeHash: null,
        expiresAt: null,
      })
      .where(
        and(
          eq(phoneNumbers.orgId, orgId),
          inArray(phoneNumbers.phoneNumber, [...numbers]),
          ne(phoneNumbers.state, 'verified'),
          // A purchase under way becomes verified by its own success.
          isNull(phoneNumbers.provider),
        ),
      );
  }
  const known = await db
    .select({ number: phoneNumbers.phoneNumber, orgId: phoneNumbers.orgId, state: phoneNumbers.state })
    .from(phoneNumbers)
    .where(inArray(phoneNumbers.phoneNumber, [...numbers]));
  const taken = known.filter((row) => row.orgId !== orgId).map((row) => row.number);
  if (taken.length > 0) {
    throw new Refusal(
      'phone_number_taken',
      'A number belongs to another organisation of this installation. Leave it out, or have it removed there first.',
      faultsAt(numbers, taken, 'phone_number_taken', 'belongs to another organisation'),
    );
  }
  const verified = new Set(known.filter((row) => row.state === 'verified').map((row) => row.number));
  const unverified = numbers.filter((number) => !verified.has(number));
  if (unverified.length > 0) {
    throw new Refusal(
      'phone_number_unverified',
      'A number is not verified. Verify it first with POST /phone/numbers, or use an API key that may vouch for numbers.',
      faultsAt(numbers, unverified, 'phone_number_unverified', 'is not verified'),
    );
  }
}

/** All verified numbers of the organisation, oldest first. */
export async function verifiedNumbers(db: Database, orgId: string): Promise<string[]> {
  const rows = await db
    .select({ number: phoneNumbers.phoneNumber })
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.state, 'verified')))
    .orderBy(asc(phoneNumbers.createdAt), asc(phoneNumbers.phoneNumber));
  return rows.map((row) => row.number);
}

function faultsAt(numbers: readonly string[], faulty: readonly string[], code: string, detail: string) {
  return faulty.map((number) => ({ pointer: `/phone_numbers/${numbers.indexOf(number)}`, code, detail }));
}
