import type { CarrierPreset } from './carrier-preset.ts';

/** Sinch Elastic SIP Trunking. */
export const sinch: CarrierPreset = {
  name: 'sinch',
  displayName: 'Sinch Elastic SIP Trunking',
  directions: ['inbound', 'outbound'],
  hostPattern: '<trunk>.pstn.sinch.com',
  ports: { udp: 5060, tcp: 5060, tls: 5061 },
  authentication: { inbound: ['ip', 'register'], outbound: ['digest', 'ip'] },
  register: false,
  numbers: { inbound: 'e164', outbound: 'e164' },
  from: { user: 'caller_number', domain: 'host' },
  headers: [],
  codecs: [],
  mediaEncryption: { overTls: 'allow', otherwise: 'allow' },
  sessionTimers: null,
  transferMode: 'bridge',
  digestAlgorithms: [],
  signallingAddresses: [],
  media: { addresses: [], ports: null },
  limits: { callsPerSecond: 1, maxCalls: null },
  quirks: [
    'The host in From has to be the domain of the trunk, else 403.',
    'Calls to trunk.pstn.sinch.com instead of the own domain get 404.',
    'Access lists, credentials and endpoints take effect a minute after the change.',
    'Without a registered or static endpoint, calls to the number end with 503.',
    'More than one new call a second is answered with 603 until more was agreed.',
  ],
  sources: [
    { url: 'https://developers.sinch.com/docs/est/test-plan', readOn: '2026-11-20' },
    { url: 'https://developers.sinch.com/docs/est/integration-guides/twilio-byoc.md', readOn: '2026-11-20' },
    { url: 'https://skills.sh/sinch/skills/sinch-elastic-sip-trunking', readOn: '2026-11-20' },
    { url: 'https://docs.livekit.io/telephony/start/providers/sinch/', readOn: '2026-11-20' },
  ],
};
