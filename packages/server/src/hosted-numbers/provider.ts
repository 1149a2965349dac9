import { Refusal } from '../refusal.ts';

/** A number that can be bought. */
export interface AvailableNumber {
  /** E.164. */
  readonly phoneNumber: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** State or province, and town, as far as the provider tells. */
  readonly region: string | null;
  readonly locality: string | null;
  /** `voice`, `sms`, `mms`, `fax`, ... */
  readonly features: readonly string[];
  /** Decimal text in `currency`; null where the provider's search does not tell. */
  readonly monthlyCost: string | null;
  readonly currency: string | null;
}

export interface NumberSearch {
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** Digits behind the country code. */
  readonly areaCode?: string | undefined;
  readonly limit: number;
}

/** Where a provider sends calls: our SIP endpoint. */
export interface SipTarget {
  /** Name or address; IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
}

export const providerNames = ['twilio', 'telnyx'] as const;
export type ProviderName = (typeof providerNames)[number];

/** A carrier that sells numbers through its API. Everything rejects with {@link ProviderFailure}. */
export interface NumberProvider {
  readonly name: ProviderName;
  /** For people. */
  readonly title: string;
  /** Networks (CIDR) its signalling comes from: it sends calls without a password. */
  readonly signallingNetworks: readonly string[];
  search(search: NumberSearch): Promise<readonly AvailableNumber[]>;
  /**
   * Finds or makes what leads calls from the provider to us, and undoes what it made when it fails half-way.
   * @returns the provider's id of it.
   */
  connect(target: SipTarget): Promise<string>;
  /**
   * Buys a number whose calls go to `connectionId`.
   * @returns the provider's id of the number.
   */
  buy(phoneNumber: string, connectionId: string): Promise<string>;
  /** The provider's id of a number that is in the account. */
  find(phoneNumber: string): Promise<string | undefined>;
  /** Gives the number back; one that is gone already is fine. */
  release(numberId: string): Promise<void>;
  sendText(from: string, to: string, text: string): Promise<void>;
}

/** The provider refused, or gave no usable answer. */
export class ProviderFailure extends Refusal {
  /** HTTP status; null when no answer came, so that what was asked for may have happened or not. */
  readonly status: number | null;

  /** @param reason a sentence, the provider's own where there is one. */
  constructor(title: string, keys: string, status: number | null, reason: string) {
    super('number_provider_failed', `${title}: ${reason} ${nextStep(title, keys, status)}`);
    this.name = 'ProviderFailure';
    this.status = status;
  }
}

function nextStep(title: string, keys: string, status: number | null): string {
  if (status === null) return 'Try again in a moment.';
  if (status === 401 || status === 403) return `Check ${keys} and what the key may do in the ${title} account.`;
  if (status === 429) return 'Try again in a minute.';
  if (status >= 500) return `Try again later; the status page of ${title} may tell more.`;
  return `Settle this in the ${title} account, or choose another number.`;
}

/** Something failed half-way and its undoing failed as well. */
export function leftOver(title: string, what: string, failure: unknown): Refusal {
  const reason = failure instanceof Error ? failure.message : 'An unknown fault.';
  return new Refusal(
    'number_provider_left_over',
    `${reason} ${what} is left in the ${title} account. Remove it there if you do not need it.`,
  );
}
