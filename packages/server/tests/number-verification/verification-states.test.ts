import { expect, test } from 'vitest';
import { verificationEvents, verificationStates } from '../../src/number-verification/verification-states.ts';
import { numberStates } from '../../src/phone-number-records.ts';

/** Every state with every event: where it leads. */
const expected = [
  ['pending', 'started', 'pending'],
  ['pending', 'attested', 'verified'],
  ['pending', 'right_code', 'verified'],
  ['pending', 'wrong_code', 'pending'],
  ['pending', 'last_wrong_code', 'failed'],
  ['pending', 'call_arrived', 'verified'],
  ['pending', 'time_passed', 'expired'],
  ['verified', 'started', 'refused'],
  ['verified', 'attested', 'verified'],
  ['verified', 'right_code', 'refused'],
  ['verified', 'wrong_code', 'refused'],
  ['verified', 'last_wrong_code', 'refused'],
  ['verified', 'call_arrived', 'verified'],
  ['verified', 'time_passed', 'verified'],
  ['failed', 'started', 'pending'],
  ['failed', 'attested', 'verified'],
  ['failed', 'right_code', 'refused'],
  ['failed', 'wrong_code', 'refused'],
  ['failed', 'last_wrong_code', 'refused'],
  ['failed', 'call_arrived', 'failed'],
  ['failed', 'time_passed', 'failed'],
  ['expired', 'started', 'pending'],
  ['expired', 'attested', 'verified'],
  ['expired', 'right_code', 'refused'],
  ['expired', 'wrong_code', 'refused'],
  ['expired', 'last_wrong_code', 'refused'],
  ['expired', 'call_arrived', 'expired'],
  ['expired', 'time_passed', 'expired'],
] as const;

test.each(expected)('%s, %s: %s', (state, event, next) => {
  expect(verificationStates[state][event]).toBe(next);
});

test('the table above leaves nothing out', () => {
  const pairs = numberStates.flatMap((state) => verificationEvents.map((event) => `${state} ${event}`));
  expect(expected.map(([state, event]) => `${state} ${event}`)).toEqual(pairs);
});
