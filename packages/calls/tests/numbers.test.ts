import { expect, test } from 'vitest';
import { normaliseNumber } from '../src/numbers.ts';

test.each([
  ['+12025550100', 'US'],
  ['12025550100', 'US'],
  ['2025550100', 'US'],
  ['(202) 555-0100', 'US'],
  ['202.555.0100', 'US'],
  ['0012025550100', 'DE'],
  ['01112025550100', 'US'],
  ['tel:+1-202-555-0100', 'US'],
  ['tel:+12025550100;phone-context=example.com', 'DE'],
  ['sip:+12025550100@sip.example.com;user=phone', 'US'],
  ['sip:%2B12025550100@sip.example.com', 'US'],
  ['+1 202 555 0100', 'ZZ'],
])('reads %s in %s as the demo number', (text, country) => {
  expect(normaliseNumber(text, country)).toEqual({ kind: 'e164', value: '+12025550100' });
});

test.each(['alice', '100', 'sip:100@pbx.example.com', '*97'])('keeps %s as an extension', (text) => {
  expect(normaliseNumber(text, 'US').kind).toBe('extension');
});

test.each(['anonymous', 'sip:anonymous@anonymous.invalid', '', 'Restricted'])('treats %j as withheld', (text) => {
  expect(normaliseNumber(text, 'US')).toEqual({ kind: 'withheld' });
});

test('reads a German national number with the trunk country', () => {
  expect(normaliseNumber('030 1234567', 'DE')).toEqual({ kind: 'e164', value: '+49301234567' });
});

test('accepts the possible but not valid numbers of documentation', () => {
  expect(normaliseNumber('+15551234567', 'US')).toEqual({ kind: 'e164', value: '+15551234567' });
});
