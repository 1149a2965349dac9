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
const internationalPrefixes = ['00', '011'];

/**
 * Reads a number as a user, carrier or PBX wrote it: `+`, `00`, `011` or national form, with separators, as `tel:` or
 * `sip:...;user=phone`, percent-encoded or not.
 * @param country ISO 3166 alpha-2 that national forms are read in; unknown codes are read as `US` (contract: numbers).
 */
export function normaliseNumber(text: string, country: string): NormalisedNumber {
  const user = userPart(text);
  if (user === '' || withheldUsers.has(user.toLowerCase())) return { kind: 'withheld' };
  const [number] = possibleNumbers(user, country);
  return number === undefined ? { kind: 'extension', value: user } : { kind: 'e164', value: number };
}

/**
 * Every number the text can mean, as E.164, the likeliest first: "0112482512747" is a number of Michigan on a trunk of the
 * Seychelles, where 01 dials abroad, and one of the Seychelles for a PBX that writes 011 everywhere.
 */
export function possibleNumbers(text: string, country: string): string[] {
  const digits = userPart(text).replace(/[\s().\-/]/g, '');
  if (!/^\+?\d+$/.test(digits)) return [];
  const region: CountryCode = isSupportedCountry(country) ? country : 'US';
  const readings = [
    parsePhoneNumberFromString(digits, region),
    ...internationalPrefixes
      .filter((prefix) => digits.startsWith(prefix))
      .map((prefix) => parsePhoneNumberFromString(`+${digits.slice(prefix.length)}`)),
    // Carriers often leave out the plus.
    digits.startsWith('+') ? undefined : parsePhoneNumberFromString(`+${digits}`),
  ];
  // A valid reading beats an earlier one that is merely possible: "12025550100" on a German trunk is a US number.
  const valid = readings.filter((one) => one?.isValid());
  const possible = readings.filter((one) => one?.isPossible());
  return [...new Set([...valid, ...possible].flatMap((one) => (one ? [one.number] : [])))];
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
