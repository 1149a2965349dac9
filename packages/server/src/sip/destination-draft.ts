import { parseUri, SipParseError } from '@dialplane/sip';
import { countryOf } from '../organisations.ts';
import { readNumber } from '../phone-numbers.ts';
import { Refusal } from '../refusal.ts';
import type { Database } from '../store/database.ts';

/** A transfer destination as it is asked for. */
export interface DestinationDraft {
  readonly name: string;
  readonly type: 'phone' | 'sip' | 'hangup';
  /** A number for `phone`, a SIP URI for `sip`; without meaning for `hangup`. */
  readonly value: string;
  /** Digest credentials, for `sip` only; both or neither. */
  readonly username: string | null;
  readonly password: string | null;
}

/**
 * Reads the parts against each other.
 * @param pointer where the draft stands in the request (JSON pointer), for the errors.
 * @throws {Refusal} `phone_number_invalid` or `validation_failed`.
 */
export async function readDestination(
  db: Database,
  orgId: string,
  draft: DestinationDraft,
  pointer: string,
): Promise<DestinationDraft> {
  const { type, username, password } = draft;
  if ((username === null) !== (password === null)) {
    throw fault(`${pointer}/${username === null ? 'username' : 'password'}`, 'must come with the other of the two');
  }
  if (type !== 'sip' && username !== null) throw fault(`${pointer}/username`, 'is for SIP destinations only');
  if (type === 'hangup') return { ...draft, value: '' };
  const value = draft.value.trim();
  if (value === '') throw fault(`${pointer}/value`, `must be ${type === 'phone' ? 'a phone number' : 'a SIP URI'}`);
  if (type === 'phone') {
    return { ...draft, value: readNumber(value, await countryOf(db, orgId), `${pointer}/value`) };
  }
  if (!isSipUri(value)) throw fault(`${pointer}/value`, 'must be a SIP URI such as sip:sales@pbx.example.com');
  return { ...draft, value };
}

function isSipUri(text: string): boolean {
  try {
    const { scheme } = parseUri(text);
    return scheme === 'sip' || scheme === 'sips';
  } catch (error) {
    if (error instanceof SipParseError) return false;
    throw error;
  }
}

function fault(pointer: string, detail: string): Refusal {
  return new Refusal('validation_failed', `Correct this and send the request again: ${pointer}: ${detail}.`, [
    { pointer, code: 'custom', detail },
  ]);
}
