/** Numbers of Telnyx: API v2 (number search and orders, FQDN connections, messages). */
import { isIP } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { SendRequest } from '../outbound-http.ts';
import { Refusal } from '../refusal.ts';
import { listField, textField } from './answer-fields.ts';
import { type AvailableNumber, leftOver, type NumberProvider, ProviderFailure, type SipTarget } from './provider.ts';
import { createProviderHttp } from './provider-http.ts';
import { signallingNetworks } from './signalling-networks.ts';

const title = 'Telnyx';
const keys = 'TELNYX_API_KEY';

/** Orders are carried out in the background, of local numbers mostly within a second. */
const orderPollMs = 500;
/** As the status of an answer: the order was understood and cannot be carried out. Reading an order never answers with it. */
const orderFailed = 422;
/** 8 s in all: somebody waits for the answer, and our own requests end after 30 s. */
const orderPolls = 16;

export interface TelnyxAccount {
  readonly apiKey: string;
  /** Without a path. */
  readonly url: string;
}

export function createTelnyx({ apiKey, url }: TelnyxAccount, send: SendRequest): NumberProvider {
  const http = createProviderHttp({ send, title, keys, authorization: `Bearer ${apiKey}`, sentenceIn });
  const api = `${url}/v2`;

  async function addFqdn(connectionId: string, { host, port }: SipTarget): Promise<void> {
    const query = new URLSearchParams({ 'filter[connection_id]': connectionId });
    const there = await http.call('GET', `${api}/fqdns?${query}`);
    const known = listField(there, 'data').some(
      (one) => textField(one, 'fqdn') === host && textField(one, 'port') === String(port),
    );
    if (known) return;
    const fqdn = { connection_id: connectionId, fqdn: host, port, dns_record_type: 'a' };
    await http.call('POST', `${api}/fqdns`, fqdn);
  }

  async function find(phoneNumber: string): Promise<string | undefined> {
    const query = new URLSearchParams({ 'filter[phone_number]': phoneNumber });
    const answer = await http.call('GET', `${api}/phone_numbers?${query}`);
    const number = listField(answer, 'data').find((one) => textField(one, 'phone_number') === phoneNumber);
    return textField(number, 'id');
  }

  /** Waits until the order is carried out and the number is in the account. */
  async function ordered(orderId: string, phoneNumber: string): Promise<string> {
    for (let poll = 0; poll < orderPolls; poll += 1) {
      const status = textField(await http.call('GET', `${api}/number_orders/${orderId}`), 'data', 'status');
      if (status === 'failure') throw http.failure(orderFailed, `The order ${orderId} of ${phoneNumber} failed.`);
      const id = status === 'success' ? await find(phoneNumber) : undefined;
      if (id !== undefined) return id;
      await pause(orderPollMs);
    }
    throw http.failure(null, `The order ${orderId} is still not carried out.`);
  }

  return {
    name: 'telnyx',
    title,
    signallingNetworks: signallingNetworks.telnyx,
    find,

    async search({ country, areaCode, limit }) {
      const query = new URLSearchParams({
        'filter[country_code]': country,
        'filter[features][]': 'voice',
        'filter[limit]': String(limit),
      });
      if (areaCode) query.set('filter[national_destination_code]', areaCode);
      const answer = await http.call('GET', `${api}/available_phone_numbers?${query}`);
      return listField(answer, 'data').flatMap((one) => availableNumber(one, country));
    },

    async connect(target) {
      if (isIP(target.host.replace(/^\[|\]$/g, ''))) {
        throw new Refusal(
          'hosted_numbers_unreachable',
          'Telnyx sends calls to a host name, and this server has only an address. Set PUBLIC_ADDRESS to a name that leads to it.',
        );
      }
      const name = `Dialplane ${target.host}:${target.port}`;
      const query = new URLSearchParams({ 'filter[connection_name][contains]': name });
      const there = await http.call('GET', `${api}/fqdn_connections?${query}`);
      const known = listField(there, 'data').find((one) => textField(one, 'connection_name') === name);
      if (known) {
        const connectionId = http.idIn(known, 'id');
        await addFqdn(connectionId, target);
        return connectionId;
      }
      const made = await http.call('POST', `${api}/fqdn_connections`, {
        connection_name: name,
        active: true,
        transport_protocol: 'UDP',
        // The only codecs our media speaks.
        inbound: { ani_number_format: '+E.164', dnis_number_format: '+e164', codecs: ['G711U', 'G711A'] },
      });
      const connectionId = http.idIn(made, 'data', 'id');
      try {
        await addFqdn(connectionId, target);
      } catch (error) {
        await http.call('DELETE', `${api}/fqdn_connections/${connectionId}`).catch(() => {
          throw leftOver(title, `The FQDN connection ${connectionId}`, error);
        });
        throw error;
      }
      return connectionId;
    },

    async buy(phoneNumber, connectionId) {
      const order = { phone_numbers: [{ phone_number: phoneNumber }], connection_id: connectionId };
      const made = await http.call('POST', `${api}/number_orders`, order);
      const orderId = http.idIn(made, 'data', 'id');
      return ordered(orderId, phoneNumber).catch((error: unknown) => {
        if (!(error instanceof ProviderFailure) || error.status === orderFailed) throw error;
        // The order stands, whatever kept us from following it.
        throw http.failure(
          null,
          `The order ${orderId} was placed, but what became of it is not known. ${error.message}`,
        );
      });
    },

    async release(numberId) {
      await http.call('DELETE', `${api}/phone_numbers/${numberId}`).catch((error: unknown) => {
        if (error instanceof ProviderFailure && error.status === 404) return;
        throw error;
      });
    },

    async sendText(from, to, text) {
      await http.call('POST', `${api}/messages`, { from, to, text });
    },
  };
}

/** `{errors: [{code, title, detail}]}`; the detail says more than the title, where there is one. */
function sentenceIn(body: unknown): string | undefined {
  const [first] = listField(body, 'errors');
  return textField(first, 'detail') ?? textField(first, 'title');
}

function availableNumber(one: unknown, country: string): AvailableNumber[] {
  const phoneNumber = textField(one, 'phone_number');
  if (!phoneNumber) return [];
  const regions = new Map(
    listField(one, 'region_information').map((part) => [
      textField(part, 'region_type'),
      textField(part, 'region_name'),
    ]),
  );
  return [
    {
      phoneNumber,
      country: regions.get('country_code') ?? country,
      region: regions.get('state') ?? null,
      locality: regions.get('location') ?? regions.get('rate_center') ?? null,
      features: listField(one, 'features').flatMap((part) => textField(part, 'name') ?? []),
      monthlyCost: textField(one, 'cost_information', 'monthly_cost') ?? null,
      currency: textField(one, 'cost_information', 'currency') ?? null,
    },
  ];
}
