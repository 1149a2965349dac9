import { type Announcement, type CallService, DialRefused } from '@dialplane/calls';
import type { PhoneNumber } from '../phone-number-records.ts';
import { Refusal } from '../refusal.ts';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { defaultVoice } from '../telephony/agent-profiles.ts';
import { findOutgoingTrunk } from '../telephony/outgoing-trunk.ts';

/** Time to write a digit down. */
const pauseMs = 350;
const digitWords = ['Zero', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'] as const;

/** Calls numbers to tell them a code. */
export interface SpokenCodes {
  /**
   * Calls the number over its agent's outbound trunk, or the organisation's. Returns as soon as the call is under way; what
   * becomes of it is in the list of calls.
   * @throws {Refusal} `phone_number_method_unavailable` when there is no trunk, or it may not dial the number now.
   */
  speak(number: PhoneNumber, code: string): Promise<void>;
}

export interface SpokenCodesOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly calls: Pick<CallService, 'dial'>;
}

export function createSpokenCodes({ db, secrets, calls }: SpokenCodesOptions): SpokenCodes {
  return {
    async speak({ orgId, agentId, phoneNumber }, code) {
      const trunk = await findOutgoingTrunk(db, secrets, orgId, agentId);
      if (!trunk) {
        throw unavailable(
          'A spoken code needs a call, and the organisation has no outbound trunk. Make one with POST /phone/sip/outbound-trunks, or use the method inbound_call or sms_code.',
          'needs an outbound trunk',
        );
      }
      try {
        calls.dial({ trunk, called: phoneNumber, agentId, announcement: codeAnnouncement(code) });
      } catch (error) {
        if (error instanceof DialRefused) throw unavailable(error.message, 'cannot be called now');
        throw error;
      }
    },
  };
}

/** The code digit by digit, twice. The record of the call keeps it out: who may read calls has not shown that he hears them. */
export function codeAnnouncement(code: string): Announcement {
  const digits = [...code].map((digit) => `${digitWords[Number(digit)] ?? digit}.`);
  return {
    voice: defaultVoice,
    sentences: ['Here is your code to verify this phone number.', ...digits, 'Once more.', ...digits, 'Goodbye.'],
    pauseMs,
    recordedAs: 'The code to verify this phone number, digit by digit, twice.',
  };
}

const unavailable = (message: string, detail: string) =>
  new Refusal('phone_number_method_unavailable', message, [
    { pointer: '/method', code: 'phone_number_method_unavailable', detail },
  ]);
