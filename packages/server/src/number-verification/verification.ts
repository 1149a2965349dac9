/** How an organisation proves that a phone number is its own. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { and, eq, gt } from 'drizzle-orm';
import type { HostedNumbers } from '../hosted-numbers/hosted-numbers.ts';
import { type NumberMethod, type PhoneNumber, reserveNumber } from '../phone-number-records.ts';
import { Refusal } from '../refusal.ts';
import type { Database } from '../store/database.ts';
import { phoneNumbers } from '../store/schema.ts';
import type { SpokenCodes } from './spoken-code.ts';
import { type VerificationEvent, verificationStates } from './verification-states.ts';

/** Long enough to read a text message, short enough that a code is not found by trying. */
export const codeLifetimeMs = 10 * 60_000;
/** Long enough to change a forwarding at a carrier and to call. */
const callWindowMs = 60 * 60_000;
/** Five of a million codes: guessing succeeds once in 200,000 proofs. */
export const codeAttempts = 5;
/** Between two codes to one number: nobody can be flooded with messages or calls through us. */
export const codePauseMs = 60_000;
const codeDigits = 6;

export interface Verifier {
  /** Whether the key behind the request may vouch for numbers. */
  readonly mayAttest: boolean;
  readonly hostedNumbers: HostedNumbers;
  readonly spokenCodes: SpokenCodes;
  readonly now: Date;
}

/**
 * Takes a number for the organisation and begins its proof: `operator` proves it at once, `inbound_call` waits for a call
 * to it, `sms_code` sends a code to it, `spoken_code` calls it and says one.
 * @param phoneNumber E.164.
 * @throws {Refusal} `phone_number_exists`, `phone_number_taken`, `phone_number_method_unavailable`, or from the provider.
 */
export async function addNumber(
  db: Database,
  orgId: string,
  { phoneNumber, method }: Pick<PhoneNumber, 'phoneNumber' | 'method'>,
  verifier: Verifier,
): Promise<PhoneNumber> {
  refuseUnavailable(method, verifier);
  const number = await reserveNumber(db, { orgId, phoneNumber, method, state: 'pending' });
  try {
    return await begin(db, number, verifier);
  } catch (error) {
    await db.delete(phoneNumbers).where(eq(phoneNumbers.id, number.id));
    throw error;
  }
}

/**
 * Begins the proof again: a new code, a new window for the call, or the operator's word.
 * @throws {Refusal} `verification_not_awaited` for verified numbers, `verification_too_soon`, and as {@link addNumber}.
 */
export async function startVerification(db: Database, number: PhoneNumber, verifier: Verifier): Promise<PhoneNumber> {
  if (number.provider && number.state !== 'verified') {
    throw new Refusal(
      'verification_not_awaited',
      'The purchase of this number was cut off, and nobody can vouch for it. Delete it with ?release=true and buy again.',
    );
  }
  if (number.method !== 'operator') next(number, 'started');
  refuseUnavailable(number.method, verifier);
  const isByCode = number.method === 'sms_code' || number.method === 'spoken_code';
  const sentMs = isByCode && number.expiresAt ? number.expiresAt.getTime() - codeLifetimeMs : 0;
  if (verifier.now.getTime() - sentMs < codePauseMs) {
    throw new Refusal(
      'verification_too_soon',
      'A code was sent to this number less than a minute ago. Wait for it, or ask again a minute later.',
    );
  }
  return begin(db, number, verifier);
}

/**
 * Compares the code the owner read with the one that was sent.
 * @throws {Refusal} `verification_code_wrong` or `verification_not_awaited`.
 */
export async function checkCode(db: Database, number: PhoneNumber, code: string, now: Date): Promise<PhoneNumber> {
  const outcome = await db.transaction(async (tx) => {
    // Locked: attempts made at once are counted one after the other.
    const [row] = await tx.select().from(phoneNumbers).where(eq(phoneNumbers.id, number.id)).for('update');
    if (!row?.codeHash) throw notAwaited(row ?? number);
    const right = timingSafeEqual(Buffer.from(row.codeHash, 'hex'), hashOf(row.id, code));
    const attempts = row.attempts + 1;
    const event = right ? 'right_code' : attempts < codeAttempts ? 'wrong_code' : 'last_wrong_code';
    const state = next(row, event);
    const [changed] = await tx
      .update(phoneNumbers)
      .set({
        state,
        attempts,
        updatedAt: now,
        ...(state === 'pending' ? {} : { codeHash: null }),
        ...(right ? { verifiedAt: now, expiresAt: null } : {}),
      })
      .where(eq(phoneNumbers.id, row.id))
      .returning();
    return { right, changed };
  });
  if (outcome.right && outcome.changed) return outcome.changed;
  const left = codeAttempts - (outcome.changed?.attempts ?? codeAttempts);
  throw new Refusal(
    'verification_code_wrong',
    left > 0
      ? `The code is not the one that was sent. ${left === 1 ? 'One attempt is' : `${left} attempts are`} left.`
      : 'The code is not the one that was sent, and no attempt is left. Have a new one sent with POST /phone/numbers/{id}/verify.',
    [{ pointer: '/code', code: 'verification_code_wrong', detail: 'is not the code that was sent' }],
  );
}

/**
 * A call to `phoneNumber` arrived over the organisation's authenticated trunk: a number that waits for it is proved.
 * @param phoneNumber E.164; others match nothing.
 */
export async function noteInboundCall(db: Database, orgId: string, phoneNumber: string, at: Date): Promise<void> {
  // The table's rows for `call_arrived`: of all states only `pending` is left by it.
  await db
    .update(phoneNumbers)
    .set({ state: verificationStates.pending.call_arrived, verifiedAt: at, expiresAt: null, updatedAt: at })
    .where(
      and(
        eq(phoneNumbers.phoneNumber, phoneNumber),
        eq(phoneNumbers.orgId, orgId),
        eq(phoneNumbers.method, 'inbound_call'),
        eq(phoneNumbers.state, 'pending'),
        gt(phoneNumbers.expiresAt, at),
      ),
    );
}

async function begin(db: Database, number: PhoneNumber, verifier: Verifier): Promise<PhoneNumber> {
  const { hostedNumbers, spokenCodes, now } = verifier;
  const { id, orgId, phoneNumber, method } = number;
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  switch (method) {
    case 'operator':
      return save(db, number, next(number, 'attested'), { verifiedAt: now, expiresAt: null, codeHash: null }, now);
    case 'inbound_call':
      return save(db, number, next(number, 'started'), { expiresAt: inMs(callWindowMs), attempts: 0 }, now);
    case 'sms_code':
    case 'spoken_code': {
      const state = next(number, 'started');
      const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
      if (method === 'spoken_code') await spokenCodes.speak(number, code);
      else await hostedNumbers.sendText(orgId, phoneNumber, `${code} is your code to verify this phone number.`);
      const codeHash = hashOf(id, code).toString('hex');
      return save(db, number, state, { codeHash, expiresAt: inMs(codeLifetimeMs), attempts: 0 }, now);
    }
  }
}

async function save(
  db: Database,
  { id, orgId }: PhoneNumber,
  state: PhoneNumber['state'],
  change: Partial<PhoneNumber>,
  now: Date,
): Promise<PhoneNumber> {
  const [row] = await db
    .update(phoneNumbers)
    .set({ ...change, state, updatedAt: now })
    .where(and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.id, id)))
    .returning();
  if (!row) throw new Refusal('phone_number_not_found', 'The number was removed while it was verified.');
  return row;
}

function next(number: PhoneNumber, event: VerificationEvent): PhoneNumber['state'] {
  const state = verificationStates[number.state][event];
  if (state === 'refused') throw notAwaited(number);
  return state;
}

const whyNotAwaited: Readonly<Record<PhoneNumber['state'], string>> = {
  verified: 'The number is verified already; nothing has to be done.',
  pending: 'The number waits for a call, not for a code. Call it from any phone.',
  failed: 'The proof has failed. Begin a new one with POST /phone/numbers/{id}/verify.',
  expired: 'The time of the proof is over. Begin a new one with POST /phone/numbers/{id}/verify.',
};

const notAwaited = ({ state }: PhoneNumber) => new Refusal('verification_not_awaited', whyNotAwaited[state]);

function refuseUnavailable(method: NumberMethod, { mayAttest }: Verifier): void {
  if (method === 'operator' && !mayAttest) {
    throw methodUnavailable(
      'This API key may not vouch for numbers. Use one with full access where the server has NUMBER_VERIFICATION=attest, or the method inbound_call, sms_code or spoken_code.',
      'needs a key that may vouch for numbers',
    );
  }
}

const methodUnavailable = (message: string, detail: string) =>
  new Refusal('phone_number_method_unavailable', message, [
    { pointer: '/method', code: 'phone_number_method_unavailable', detail },
  ]);

/** Bound to the number, so that equal codes do not look alike in the store. */
function hashOf(numberId: string, code: string): Buffer {
  return createHash('sha256').update(`${numberId}/${code}`, 'utf8').digest();
}
