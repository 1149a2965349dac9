import type { NumberState } from '../phone-number-records.ts';

/** What happens to a number while it proves whose it is. */
export const verificationEvents = [
  /** A proof was begun (again): a code sent, or a call awaited. */
  'started',
  /** Someone who may vouch for the number did. */
  'attested',
  'right_code',
  /** A wrong code with attempts left. */
  'wrong_code',
  'last_wrong_code',
  /** A call to the number arrived over the organisation's trunk. */
  'call_arrived',
  'time_passed',
] as const;
export type VerificationEvent = (typeof verificationEvents)[number];

/** The next state, or `refused`: the event makes no sense now, and whoever caused it is told. */
export const verificationStates = {
  pending: {
    started: 'pending',
    attested: 'verified',
    right_code: 'verified',
    wrong_code: 'pending',
    last_wrong_code: 'failed',
    call_arrived: 'verified',
    time_passed: 'expired',
  },
  // What is proved stays proved; numbers change hands by being deleted.
  verified: {
    started: 'refused',
    attested: 'verified',
    right_code: 'refused',
    wrong_code: 'refused',
    last_wrong_code: 'refused',
    call_arrived: 'verified',
    time_passed: 'verified',
  },
  failed: {
    started: 'pending',
    attested: 'verified',
    right_code: 'refused',
    wrong_code: 'refused',
    last_wrong_code: 'refused',
    call_arrived: 'failed',
    time_passed: 'failed',
  },
  expired: {
    started: 'pending',
    attested: 'verified',
    right_code: 'refused',
    wrong_code: 'refused',
    last_wrong_code: 'refused',
    call_arrived: 'expired',
    time_passed: 'expired',
  },
} as const satisfies Readonly<Record<NumberState, Readonly<Record<VerificationEvent, NumberState | 'refused'>>>>;
