/** Numbers bought through us, by the operator's keys at Twilio and Telnyx. */
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Config } from '../config/config.ts';
import { createOutboundHttp } from '../outbound-http.ts';
import type { PhoneNumber } from '../phone-number-records.ts';
import { Refusal } from '../refusal.ts';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { phoneNumbers } from '../store/schema.ts';
import type { AvailableNumber, NumberProvider, NumberSearch, ProviderName } from './provider.ts';
import { createPurchase, type Purchase } from './purchase.ts';
import { createTelnyx } from './telnyx.ts';
import { createTwilio } from './twilio.ts';

export interface OfferedNumber extends AvailableNumber {
  readonly provider: ProviderName;
}

export interface HostedNumbersOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly config: Config;
}

/** Everything rejects with `hosted_numbers_not_configured` without keys, and with a ProviderFailure when they fail. */
export interface HostedNumbers {
  /** @param provider default: the first that is configured. */
  search(search: NumberSearch, provider?: ProviderName): Promise<OfferedNumber[]>;
  /** Buys a number and leads its calls to us; see {@link Purchase}. */
  buy(purchase: Purchase, provider?: ProviderName): Promise<PhoneNumber>;
  /** Gives a bought number back to its provider; does nothing for others. */
  release(number: PhoneNumber): Promise<boolean>;
  /**
   * Sends a text message from a number the organisation bought.
   * @throws {Refusal} `phone_number_method_unavailable` when it has none.
   */
  sendText(orgId: string, to: string, text: string): Promise<void>;
}

export function createHostedNumbers({ db, secrets, config }: HostedNumbersOptions): HostedNumbers {
  const send = createOutboundHttp(config.allowPrivateHttp);
  const providers: readonly NumberProvider[] = [
    ...(config.twilio ? [createTwilio(config.twilio, send)] : []),
    ...(config.telnyx ? [createTelnyx(config.telnyx, send)] : []),
  ];
  const purchase = createPurchase(db, secrets, config);

  function provided(name?: ProviderName): NumberProvider {
    const provider = name ? providers.find((one) => one.name === name) : providers[0];
    if (provider) return provider;
    throw new Refusal(
      'hosted_numbers_not_configured',
      `The operator has set no keys ${name ? `of ${name}` : 'of a number provider'}. ${variablesOf(name)}, and start again.`,
    );
  }

  return {
    async search(search, name) {
      const provider = provided(name);
      const found = await provider.search(search);
      return found.map((number) => ({ ...number, provider: provider.name }));
    },

    buy: async (wanted, name) => purchase(provided(name), wanted),

    async release({ provider: name, providerNumberId, phoneNumber }) {
      if (!name) return false;
      const provider = provided(name);
      // A purchase that was cut off has no id in the store, but may be in the account.
      const id = providerNumberId ?? (await provider.find(phoneNumber));
      if (id === undefined) return false;
      await provider.release(id);
      return true;
    },

    async sendText(orgId, to, text) {
      const [sender] = await db
        .select({ number: phoneNumbers.phoneNumber, provider: phoneNumbers.provider })
        .from(phoneNumbers)
        .where(and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.state, 'verified'), isNotNull(phoneNumbers.provider)))
        .orderBy(asc(phoneNumbers.createdAt), asc(phoneNumbers.id))
        .limit(1);
      if (!sender?.provider) {
        throw new Refusal(
          'phone_number_method_unavailable',
          'A code by SMS is sent from a hosted number of the organisation, and it has none. Buy one with POST /phone/numbers/buy, or use the method inbound_call.',
          [{ pointer: '/method', code: 'phone_number_method_unavailable', detail: 'needs a hosted number' }],
        );
      }
      await provided(sender.provider).sendText(sender.number, to, text);
    },
  };
}

function variablesOf(name: ProviderName | undefined): string {
  const twilio = 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN';
  if (name === 'twilio') return `Set ${twilio}`;
  if (name === 'telnyx') return 'Set TELNYX_API_KEY';
  return `Set ${twilio}, or TELNYX_API_KEY`;
}
