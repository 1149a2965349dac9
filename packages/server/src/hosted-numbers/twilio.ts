/** Numbers of Twilio: the APIs 2010-04-01 (numbers, messages) and Elastic SIP Trunking v1. */
import type { TwilioAccount } from '../config/config.ts';
import type { SendRequest } from '../outbound-http.ts';
import { field, listField, textField } from './answer-fields.ts';
import { type AvailableNumber, leftOver, type NumberProvider, ProviderFailure, type SipTarget } from './provider.ts';
import { createProviderHttp } from './provider-http.ts';
import { signallingNetworks } from './signalling-networks.ts';

const title = 'Twilio';
const keys = 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN';

/** Countries whose search knows area codes; elsewhere the digits have to be part of the number. */
const areaCodeCountries = new Set(['US', 'CA']);
/** FriendlyName of a trunk and of an origination URL (Trunk resource). */
const longestName = 64;
/** All trunks of an account at once: the largest page there is. */
const trunkPage = '1000';

export function createTwilio({ accountSid, authToken, url }: TwilioAccount, send: SendRequest): NumberProvider {
  const http = createProviderHttp({
    send,
    title,
    keys,
    authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    sentenceIn: (body) => textField(body, 'message'),
  });
  const account = `${url}/2010-04-01/Accounts/${accountSid}`;
  const trunks = `${url.replace('://api.', '://trunking.')}/v1/Trunks`;

  async function addOrigination(trunkSid: string, { host, port }: SipTarget): Promise<void> {
    const sipUrl = `sip:${host}:${port}`;
    const there = await http.call('GET', `${trunks}/${trunkSid}/OriginationUrls`);
    if (listField(there, 'origination_urls').some((one) => textField(one, 'sip_url') === sipUrl)) return;
    const form = { FriendlyName: 'Dialplane', SipUrl: sipUrl, Weight: '10', Priority: '10', Enabled: 'true' };
    await http.call('POST', `${trunks}/${trunkSid}/OriginationUrls`, new URLSearchParams(form));
  }

  return {
    name: 'twilio',
    title,
    signallingNetworks: signallingNetworks.twilio,

    async search({ country, areaCode, limit }) {
      const query = new URLSearchParams({ PageSize: String(limit), VoiceEnabled: 'true' });
      if (areaCode) query.set(areaCodeCountries.has(country) ? 'AreaCode' : 'Contains', areaCode);
      const answer = await http.call('GET', `${account}/AvailablePhoneNumbers/${country}/Local.json?${query}`);
      return listField(answer, 'available_phone_numbers').flatMap(availableNumber);
    },

    async connect(target) {
      const name = `Dialplane ${target.host}:${target.port}`.slice(0, longestName);
      const there = await http.call('GET', `${trunks}?PageSize=${trunkPage}`);
      const known = listField(there, 'trunks').find((trunk) => textField(trunk, 'friendly_name') === name);
      if (known) {
        const trunkSid = http.idIn(known, 'sid');
        await addOrigination(trunkSid, target);
        return trunkSid;
      }
      const made = await http.call('POST', trunks, new URLSearchParams({ FriendlyName: name }));
      const trunkSid = http.idIn(made, 'sid');
      try {
        await addOrigination(trunkSid, target);
      } catch (error) {
        await http.call('DELETE', `${trunks}/${trunkSid}`).catch(() => {
          throw leftOver(title, `The SIP trunk ${trunkSid}`, error);
        });
        throw error;
      }
      return trunkSid;
    },

    async buy(phoneNumber, trunkSid) {
      const form = { PhoneNumber: phoneNumber, TrunkSid: trunkSid, FriendlyName: `Dialplane ${phoneNumber}` };
      const bought = await http.call('POST', `${account}/IncomingPhoneNumbers.json`, new URLSearchParams(form));
      return http.idIn(bought, 'sid');
    },

    async find(phoneNumber) {
      const query = new URLSearchParams({ PhoneNumber: phoneNumber });
      const answer = await http.call('GET', `${account}/IncomingPhoneNumbers.json?${query}`);
      const number = listField(answer, 'incoming_phone_numbers').find(
        (one) => textField(one, 'phone_number') === phoneNumber,
      );
      return textField(number, 'sid');
    },

    async release(numberId) {
      await http.call('DELETE', `${account}/IncomingPhoneNumbers/${numberId}.json`).catch((error: unknown) => {
        if (error instanceof ProviderFailure && error.status === 404) return;
        throw error;
      });
    },

    async sendText(from, to, text) {
      await http.call('POST', `${account}/Messages.json`, new URLSearchParams({ From: from, To: to, Body: text }));
    },
  };
}

function availableNumber(one: unknown): AvailableNumber[] {
  const phoneNumber = textField(one, 'phone_number');
  const country = textField(one, 'iso_country');
  if (!phoneNumber || !country) return [];
  return [
    {
      phoneNumber,
      country,
      region: textField(one, 'region') ?? null,
      locality: textField(one, 'locality') ?? null,
      // Written `SMS` and `MMS`, but `voice`.
      features: ['voice', 'SMS', 'MMS']
        .filter((name) => field(one, 'capabilities', name) === true)
        .map((name) => name.toLowerCase()),
      monthlyCost: null,
      currency: null,
    },
  ];
}
