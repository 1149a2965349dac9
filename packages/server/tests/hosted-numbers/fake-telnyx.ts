import type { ProviderAccount, ProviderAnswer, ProviderRequest } from './fake-provider.ts';

/** `{errors: [{code, title, detail}]}`: how Telnyx refuses. */
export const telnyxError = (status: number, code: string, title: string, detail: string): ProviderAnswer => ({
  status,
  body: { errors: [{ code, title, detail }] },
});

const data = (status: number, body: unknown): ProviderAnswer => ({ status, body: { data: body } });

/** Ids as Telnyx writes them: long decimal texts, and UUIDs for orders. */
const id = (n: number) => `12933842610757${String(n).padStart(5, '0')}`;
const orderPrefix = '12ade33a-21c0-473b-b055-b3c836e1c';

export function fakeTelnyx(account: ProviderAccount, request: ProviderRequest): ProviderAnswer {
  if (request.authorization !== 'Bearer KEY-telnyx') {
    return telnyxError(401, '10009', 'Authentication failed', 'Could not understand the provided credentials.');
  }
  const { method, content, search } = request;
  const [path = ''] = request.path.split('?');
  const filtered = (name: string) => search.get(`filter[${name}]`) ?? '';

  switch (`${method} ${path}`) {
    case 'GET /v2/available_phone_numbers': {
      const prefix = `+1${filtered('national_destination_code')}`;
      const found = account.forSale.filter((one) => one.startsWith(prefix)).slice(0, Number(filtered('limit')));
      return data(200, found.map(available));
    }
    case 'POST /v2/number_orders': {
      const wanted = wantedIn(content);
      if (!account.forSale.includes(wanted)) {
        return telnyxError(422, '85007', 'Number unavailable', 'The number is already reserved or sold.');
      }
      account.forSale.splice(account.forSale.indexOf(wanted), 1);
      account.numbers.set(wanted, id(account.numbers.size + 1));
      return data(200, { id: `${orderPrefix}292`, record_type: 'number_order', status: 'pending' });
    }
    case `GET /v2/number_orders/${orderPrefix}292`:
      return data(200, { id: `${orderPrefix}292`, record_type: 'number_order', status: 'success' });
    case 'GET /v2/phone_numbers': {
      const wanted = filtered('phone_number');
      const found = account.numbers.get(wanted);
      return data(200, found ? [{ id: found, record_type: 'phone_number', phone_number: wanted }] : []);
    }
    case 'GET /v2/fqdn_connections':
      return data(
        200,
        [...account.connections]
          .filter(([, { name }]) => name.includes(filtered('connection_name][contains')))
          .map(([key, { name }]) => ({ id: key, connection_name: name })),
      );
    case 'POST /v2/fqdn_connections': {
      const key = id(100 + account.connections.size);
      account.connections.set(key, { name: String(content.connection_name), targets: [] });
      return data(201, { id: key, record_type: 'fqdn_connection', connection_name: content.connection_name });
    }
    case 'GET /v2/fqdns': {
      const targets = account.connections.get(filtered('connection_id'))?.targets ?? [];
      return data(
        200,
        targets.map((target) => ({ fqdn: target.split(':')[0], port: Number(target.split(':')[1]) })),
      );
    }
    case 'POST /v2/fqdns':
      account.connections.get(String(content.connection_id))?.targets.push(`${content.fqdn}:${content.port}`);
      return data(201, { id: id(200), record_type: 'fqdn', ...content });
    case 'POST /v2/messages':
      account.texts.push({ from: String(content.from), to: String(content.to), text: String(content.text) });
      return data(200, { id: orderPrefix, record_type: 'message' });
  }
  const [, kind, key = ''] = /^\/v2\/(phone_numbers|fqdn_connections)\/(\w+)$/.exec(path) ?? [];
  if (method === 'DELETE' && kind === 'fqdn_connections') return data(account.connections.delete(key) ? 200 : 404, {});
  const [number] = [...account.numbers].find(([, one]) => one === key) ?? [];
  if (method === 'DELETE' && number) {
    account.numbers.delete(number);
    return data(200, { id: key, record_type: 'phone_number', status: 'deleted' });
  }
  return telnyxError(404, '10005', 'Resource not found', 'The requested resource or URL could not be found.');
}

function wantedIn({ phone_numbers: numbers }: Readonly<Record<string, unknown>>): string {
  const [first]: readonly { readonly phone_number?: string }[] = Array.isArray(numbers) ? numbers : [];
  return first?.phone_number ?? '';
}

const available = (e164: string) => ({
  record_type: 'available_phone_number',
  phone_number: e164,
  vanity_format: '',
  best_effort: false,
  reservable: true,
  region_information: [
    { region_type: 'country_code', region_name: 'US' },
    { region_type: 'state', region_name: 'DC' },
    { region_type: 'rate_center', region_name: 'WASHINGTON' },
  ],
  cost_information: { upfront_cost: '1.00', monthly_cost: '1.00', currency: 'USD' },
  features: [{ name: 'voice' }, { name: 'sms' }],
});
