import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';

/** How a carrier wants numbers written. */
export type NumberPolicy = 'e164' | 'e164_no_plus' | 'national' | 'extension' | `prefix:${string}`;

const prefixMark = 'prefix:';

/** The policy a stored text names; undefined for any other text. */
export function readNumberPolicy(text: string): NumberPolicy | undefined {
  if (text === 'e164' || text === 'e164_no_plus' || text === 'national' || text === 'extension') return text;
  return text.startsWith(prefixMark) ? `prefix:${text.slice(prefixMark.length)}` : undefined;
}

/**
 * A number as it is written towards a carrier.
 * @param number E.164; an extension stays as it is under every policy.
 * @param country ISO 3166 alpha-2 of the carrier: `national` writes its own numbers with the trunk prefix, and others as
 *   they are dialled from there.
 */
export function writtenNumber(number: string, policy: NumberPolicy, country: string): string {
  if (!number.startsWith('+')) return number;
  if (policy === 'e164' || policy === 'extension') return number;
  if (policy === 'e164_no_plus') return number.slice(1);
  if (policy === 'national') return nationally(number, country);
  return `${policy.slice(prefixMark.length)}${number.slice(1)}`;
}

function nationally(number: string, country: string): string {
  const parsed = parsePhoneNumberFromString(number);
  const home: CountryCode = isSupportedCountry(country) ? country : 'US';
  if (!parsed) return number.slice(1);
  const isHome = parsed.countryCallingCode === getCountryCallingCode(home);
  const text = isHome ? parsed.formatNational() : parsed.format('IDD', { fromCountry: home });
  return text.replace(/\D/g, '');
}

/**
 * Whether a trunk may dial the number, or a sentence that says why not.
 * @param allowedCountries ISO 3166 alpha-2; empty: every country.
 */
export function whyNotDialled(
  number: string,
  {
    numberPolicy,
    allowedCountries,
  }: { readonly numberPolicy: NumberPolicy; readonly allowedCountries: readonly string[] },
): string | undefined {
  if (!number.startsWith('+')) {
    if (numberPolicy === 'extension') return undefined;
    return 'The number is an extension, and the trunk dials those only with the number policy extension.';
  }
  if (allowedCountries.length === 0) return undefined;
  // Countries share calling codes: one that cannot be told from the digits could be the dearest of them.
  const country = parsePhoneNumberFromString(number)?.country;
  if (country === undefined) return "The number's country cannot be told, and the trunk dials certain countries only.";
  if (allowedCountries.includes(country)) return undefined;
  return `The trunk may not dial ${country}. Add it to allowed_countries of the trunk, if it should.`;
}
