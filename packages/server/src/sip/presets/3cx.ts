import type { CarrierPreset } from './carrier-preset.ts';

/** 3CX Phone System: an extension of it for calls to it, its generic trunk for calls from it. */
export const threeCx: CarrierPreset = {
  name: '3cx',
  displayName: '3CX',
  directions: ['inbound', 'outbound'],
  hostPattern: '<your 3CX>',
  ports: { udp: 5060, tcp: 5060 },
  authentication: { inbound: ['register', 'digest'], outbound: ['register', 'digest'] },
  register: true,
  numbers: { inbound: 'configurable', outbound: 'extension' },
  from: { user: 'username', domain: 'host' },
  headers: [],
  codecs: [],
  mediaEncryption: { overTls: 'allow', otherwise: 'allow' },
  sessionTimers: null,
  transferMode: 'auto',
  digestAlgorithms: ['MD5'],
  signallingAddresses: [],
  media: { addresses: [], ports: null },
  limits: { callsPerSecond: null, maxCalls: null },
  quirks: [
    'Its trunks register and look for the parameter "rinstance" of their Contact in the Request-URI of calls to them.',
    'It answers a challenge with Proxy-Authorization or Authorization, after a first REGISTER without either.',
    'From of our calls has to name the extension that registered; the extension is the caller number too.',
    'Behind NAT it may write a private address into SDP; media then follows the packets.',
    'Supports replaces and session timers.',
  ],
  sources: [
    { url: 'https://www.3cx.cn/docs/supported-sip-trunk-requirements/', readOn: '2026-11-20' },
    { url: 'https://www.3cx.cn/docs/sip-trunk-registration-authentication/', readOn: '2026-11-20' },
    { url: 'https://www.3cx.com/blog/docs/voip-provider-template/', readOn: '2026-11-20' },
    { url: 'https://github.com/dograh-hq/dograh/issues/794', readOn: '2026-11-20' },
  ],
};
