import type { CarrierPreset } from './carrier-preset.ts';

/** Plivo SIP trunking (Zentrunk). */
export const plivo: CarrierPreset = {
  name: 'plivo',
  displayName: 'Plivo Zentrunk',
  directions: ['inbound', 'outbound'],
  hostPattern: '<trunk>.zt.plivo.com',
  ports: { udp: 5060, tcp: 5060, tls: 5061 },
  authentication: { inbound: ['ip'], outbound: ['digest', 'ip'] },
  register: false,
  numbers: { inbound: 'e164', outbound: 'e164' },
  from: { user: 'caller_number', domain: 'any' },
  headers: [],
  codecs: ['PCMA', 'PCMU'],
  mediaEncryption: { overTls: 'require', otherwise: 'allow' },
  sessionTimers: null,
  transferMode: 'auto',
  digestAlgorithms: [],
  signallingAddresses: [],
  media: { addresses: [], ports: { min: 10_000, max: 30_000 } },
  limits: { callsPerSecond: 2, maxCalls: null },
  quirks: [
    'Takes ACK, BYE, CANCEL, INVITE, OPTIONS, REFER and UPDATE only: no REGISTER, INFO, NOTIFY or PRACK.',
    'Outbound and inbound are two trunks at Plivo, and the inbound one leads to an origination URI.',
    'A trunk made with "secure" speaks TLS and SRTP.',
    'Two new calls a second for the account: more wait, and more than the trunk may have fail at once.',
    'Keys are RFC 2833 only.',
  ],
  sources: [
    { url: 'https://docs.plivo.com/docs/sip-trunking/concepts/technical-specifications.md', readOn: '2026-11-20' },
    { url: 'https://docs.plivo.com/docs/faq/voice-api-and-SIP-trunking/sip-trunking.md', readOn: '2026-11-20' },
    { url: 'https://plivo.com/docs/voice-agents/sip-trunking/api/sip-trunking', readOn: '2026-11-20' },
    { url: 'https://support.plivo.com/hc/en-us/sections/360008203732-General', readOn: '2026-11-20' },
  ],
};
