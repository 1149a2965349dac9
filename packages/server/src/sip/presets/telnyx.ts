import type { CarrierPreset } from './carrier-preset.ts';

/** Telnyx SIP connections. */
export const telnyx: CarrierPreset = {
  name: 'telnyx',
  displayName: 'Telnyx',
  directions: ['inbound', 'outbound'],
  hostPattern: 'sip.telnyx.com',
  ports: { udp: 5060, tcp: 5060, tls: 5061 },
  authentication: { inbound: ['ip', 'register'], outbound: ['digest', 'ip', 'register'] },
  register: false,
  numbers: { inbound: 'configurable', outbound: 'e164' },
  from: { user: 'caller_number', domain: 'any' },
  headers: [
    { name: 'P-Charge-Info', use: 'names the number that pays, for connections known by address' },
    { name: 'Diversion', use: 'our number, on a call that passes on somebody else as the caller' },
    { name: 'X-Telnyx-Username', use: 'the user name, on calls of an FQDN connection with credentials' },
  ],
  codecs: [],
  mediaEncryption: { overTls: 'allow', otherwise: 'allow' },
  sessionTimers: null,
  transferMode: 'auto',
  digestAlgorithms: ['MD5'],
  signallingAddresses: [
    '192.76.120.10',
    '64.16.250.10',
    '185.246.41.140',
    '185.246.41.141',
    '103.115.244.145',
    '103.115.244.146',
    '192.76.120.31',
    '64.16.250.13',
    '103.115.244.158',
    '103.115.244.159',
  ],
  media: { addresses: [], ports: { min: 16_384, max: 32_768 } },
  limits: { callsPerSecond: 20, maxCalls: null },
  quirks: [
    'Set the number format of the connection to +E.164, or numbers arrive in the national form.',
    'A caller number that is not yours is refused with "403 Caller Origination Number is Invalid D35".',
    'Calls come from both addresses of the region; a firewall has to let in both.',
    'TLS has to be 1.2 or newer.',
    'Other regions: sip.telnyx.eu, sip.telnyx.com.au, sip.telnyx.ca, sip.telnyx.asia. Their names have SRV and NAPTR records.',
    'A second page of Telnyx lists other addresses for Europe, Canada and Australia; when calls from there are refused, GET /phone/sip/refusals shows where they come from.',
  ],
  sources: [
    { url: 'https://sipdev.telnyx.com/', readOn: '2026-11-20' },
    {
      url: 'https://developers.telnyx.com/docs/voice/sip-trunking/network-configuration/ip-whitelisting',
      readOn: '2026-11-20',
    },
    {
      url: 'https://developers.telnyx.com/docs/voice/sip-trunking/authentication/credential-types',
      readOn: '2026-11-20',
    },
    {
      url: 'https://developers.telnyx.com/docs/voice/sip-trunking/configuration/caller-id-policy.md',
      readOn: '2026-11-20',
    },
    { url: 'https://developers.telnyx.com/docs/voice/sip-trunking/features/external-transfers', readOn: '2026-11-20' },
    { url: 'https://developers.telnyx.com/docs/voice/sip-trunking/tls-requirements', readOn: '2026-11-20' },
    {
      url: 'https://developers.telnyx.com/docs/voice/sip-trunking/routing/failover-and-retries',
      readOn: '2026-11-20',
    },
  ],
};
