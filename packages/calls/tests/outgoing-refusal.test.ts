import { expect, test } from 'vitest';
import { endingOfRefusal, q850CauseOf } from '../src/outgoing-refusal.ts';

test.each([
  [302, undefined, 'carrier_refused'],
  [400, undefined, 'carrier_refused'],
  [401, undefined, 'carrier_refused'],
  [403, 21, 'carrier_refused'],
  [404, undefined, 'number_not_in_service'],
  [404, 16, 'number_not_in_service'],
  [407, undefined, 'carrier_refused'],
  [408, undefined, 'no_answer'],
  [410, undefined, 'number_not_in_service'],
  [480, undefined, 'no_answer'],
  [480, 20, 'unreachable'],
  [484, undefined, 'number_not_in_service'],
  [486, undefined, 'busy'],
  [487, undefined, 'no_answer'],
  [488, undefined, 'carrier_refused'],
  [500, undefined, 'carrier_congested'],
  [500, 1, 'number_not_in_service'],
  [501, undefined, 'carrier_refused'],
  [502, 27, 'unreachable'],
  [503, undefined, 'carrier_congested'],
  [503, 34, 'carrier_congested'],
  [503, 17, 'busy'],
  [504, undefined, 'carrier_congested'],
  [600, undefined, 'busy'],
  [603, undefined, 'declined'],
  [603, 21, 'declined'],
  [604, undefined, 'number_not_in_service'],
  [606, undefined, 'carrier_refused'],
  [607, undefined, 'declined'],
  [608, undefined, 'carrier_refused'],
])('%i with cause %s is %s', (status, cause, ending) => {
  expect(endingOfRefusal(status, cause)).toBe(ending);
});

test.each([
  ['Q.850;cause=17;text="User busy"', 17],
  ['SIP;cause=486;text="Busy", Q.850;cause=17', 17],
  ['q.850 ; text="a" ; cause = 1', 1],
  ['SIP;cause=200;text="Call completed elsewhere"', undefined],
  ['', undefined],
  [undefined, undefined],
])('the cause in %s', (text, cause) => {
  expect(q850CauseOf(text)).toBe(cause);
});
