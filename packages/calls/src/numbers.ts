import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/** A telephone address after the border (contract: numbers). */
export type NormalisedNumber =
  | { readonly kind: 'e164'; readonly value: string }
  /** Not a possible number ("alice", "100"): kept as written, matched exactly. */
  | { readonly kind: 'extension'; readonly value: string }
  | { readonly kind: 'withheld' };

/** Users that RFC 3323 and carriers put into From when the caller hides the number. */
const withheldUsers = new Set(['anonymous', 'unavailable', 'unknown', 'restricted', 'private']);

/** International call prefixes people and PBXs write in place of `+`; the country's own rules are not enough for a trunk that relays foreign formats. */
const internationalPrefix = /^(?:00|011)(?=[1-9])/;

/**
 * Reads a number as a user, carrier or PBX wrote it: `+`, `00`, `011` or national form, with separators, as `tel:` or
 * `sip:...;user=phone`, percent-encoded or not.
 * @param country ISO 3166 alpha-2 that national forms are read in; unknown codes are read as `US` (contract: numbers).
 */
export function normaliseNumber(text: string, country: string): NormalisedNumber {
  const user = userPart(text);
  if (user === '' || withheldUsers.has(user.toLowerCase())) return { kind: 'withheld' };
  const region: CountryCode = isSupportedCountry(country) ? country : 'US';
  const digits = user.replace(/[\s().\-/]/g, '');
  if (!/^\+?\d+$/.test(digits)) return { kind: 'extension', value: user };

  const international = digits.replace(internationalPrefix, '+');
  const readings = [
    parsePhoneNumberFromString(digits, region),
    // Carriers often leave out the plus.
    parsePhoneNumberFromString(international.startsWith('+') ? international : `+${international}`),
  ];
  // A valid reading beats an earlier one that is merely possible: "12025550100" on a German trunk is a US number.
  const number = readings.find((one) => one?.isValid()) ?? readings.find((one) => one?.isPossible());
  if (number) return { kind: 'e164', value: number.number };
  return { kind: 'extension', value: user };
}

/** `tel:+1-201;phone-context=x`, `sip:+1201@host;user=phone`, `%2B1201` -> the bare user. */
function userPart(text: string): string {
  const bare = text
    .trim()
    .replace(/^(?:sips?|tel):/i, '')
    .replace(/[@;].*$/s, '');
  try {
    return decodeURIComponent(bare).trim();
  } catch {
    return bare;
  }
}
