import { type ProviderAccount, type ProviderAnswer, type ProviderRequest, twilioSid } from './fake-provider.ts';

/** `{code, message, more_info, status}`: how every Twilio API refuses. */
export const twilioError = (status: number, code: number, message: string): ProviderAnswer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

const sid = (prefix: string, n: number) => `${prefix}${String(n).padStart(32, '0')}`;

export function fakeTwilio(account: ProviderAccount, request: ProviderRequest): ProviderAnswer {
  const credentials = Buffer.from(`${twilioSid}:twilio-token`).toString('base64');
  if (request.authorization !== `Basic ${credentials}`) return twilioError(401, 20003, 'Authenticate');
  const { method, content, search } = request;
  const [path = ''] = request.path.split('?');
  const own = `/2010-04-01/Accounts/${twilioSid}`;
  const text = (name: string) => String(content[name] ?? '');
  const number = (e164: string, id: string) => ({ sid: id, account_sid: twilioSid, phone_number: e164 });

  if (method === 'GET' && path.startsWith(`${own}/AvailablePhoneNumbers/`)) {
    const prefix = `+1${search.get('AreaCode') ?? ''}`;
    const found = account.forSale.filter((one) => one.startsWith(prefix)).slice(0, Number(search.get('PageSize')));
    return { status: 200, body: { available_phone_numbers: found.map(available), uri: request.path } };
  }
  if (method === 'POST' && path === `${own}/IncomingPhoneNumbers.json`) {
    const wanted = text('PhoneNumber');
    if (!account.forSale.includes(wanted)) return twilioError(400, 21422, `${wanted} is not available.`);
    if (!account.connections.has(text('TrunkSid'))) return twilioError(404, 20404, 'The trunk was not found');
    account.forSale.splice(account.forSale.indexOf(wanted), 1);
    const id = sid('PN', account.numbers.size + 1);
    account.numbers.set(wanted, id);
    return { status: 201, body: { ...number(wanted, id), trunk_sid: text('TrunkSid') } };
  }
  if (method === 'GET' && path === `${own}/IncomingPhoneNumbers.json`) {
    const wanted = search.get('PhoneNumber') ?? '';
    const id = account.numbers.get(wanted);
    return { status: 200, body: { incoming_phone_numbers: id ? [number(wanted, id)] : [] } };
  }
  const released = /IncomingPhoneNumbers\/(\w+)\.json$/.exec(path)?.[1];
  if (method === 'DELETE' && released) {
    const [found] = [...account.numbers].find(([, id]) => id === released) ?? [];
    if (!found) return twilioError(404, 20404, `The requested resource ${path} was not found`);
    account.numbers.delete(found);
    return { status: 204 };
  }
  if (method === 'POST' && path === `${own}/Messages.json`) {
    account.texts.push({ from: text('From'), to: text('To'), text: text('Body') });
    return { status: 201, body: { sid: sid('SM', account.texts.length), status: 'queued' } };
  }
  return fakeTrunking(account, method, path, text) ?? twilioError(404, 20404, `${path} was not found`);
}

function fakeTrunking(
  { connections }: ProviderAccount,
  method: string,
  path: string,
  text: (name: string) => string,
): ProviderAnswer | undefined {
  if (path === '/v1/Trunks' && method === 'GET') {
    const trunks = [...connections].map(([id, { name }]) => ({ sid: id, friendly_name: name }));
    return { status: 200, body: { trunks, meta: { key: 'trunks', next_page_url: null } } };
  }
  if (path === '/v1/Trunks' && method === 'POST') {
    const id = sid('TK', connections.size + 1);
    connections.set(id, { name: text('FriendlyName'), targets: [] });
    return { status: 201, body: { sid: id, friendly_name: text('FriendlyName') } };
  }
  const [, id = '', urls] = /^\/v1\/Trunks\/(\w+)(\/OriginationUrls)?$/.exec(path) ?? [];
  const trunk = connections.get(id);
  if (!trunk) return undefined;
  if (method === 'DELETE' && !urls) {
    connections.delete(id);
    return { status: 204 };
  }
  if (method === 'GET' && urls) {
    return { status: 200, body: { origination_urls: trunk.targets.map((url) => ({ sip_url: url })) } };
  }
  if (method === 'POST' && urls) {
    for (const name of ['Weight', 'Priority', 'Enabled', 'FriendlyName', 'SipUrl']) {
      if (text(name) === '') return twilioError(400, 20001, `Missing required parameter ${name}`);
    }
    trunk.targets.push(text('SipUrl'));
    return { status: 201, body: { sid: sid('OU', trunk.targets.length), sip_url: text('SipUrl') } };
  }
  return undefined;
}

const available = (e164: string) => ({
  friendly_name: e164,
  phone_number: e164,
  lata: '236',
  locality: 'Washington',
  rate_center: 'WSHNGTNZN1',
  region: 'DC',
  iso_country: 'US',
  address_requirements: 'none',
  beta: false,
  capabilities: { voice: true, SMS: true, MMS: false },
});
