import type { CarrierPreset } from './carrier-preset.ts';

/** Wavix SIP trunks. */
export const wavix: CarrierPreset = {
  name: 'wavix',
  displayName: 'Wavix',
  directions: ['inbound', 'outbound'],
  hostPattern: '<region>.wavix.net',
  ports: { udp: 5060, tcp: 5060 },
  authentication: { inbound: ['ip', 'register'], outbound: ['digest', 'ip', 'register'] },
  register: true,
  numbers: { inbound: 'e164', outbound: 'e164' },
  from: { user: 'caller_number', domain: 'host' },
  headers: [],
  codecs: ['PCMU', 'PCMA'],
  mediaEncryption: { overTls: 'allow', otherwise: 'allow' },
  sessionTimers: null,
  transferMode: 'auto',
  digestAlgorithms: [],
  signallingAddresses: ['95.211.82.14', '209.58.144.243', '23.108.101.90', '173.234.106.26'],
  media: { addresses: [], ports: { min: 10_000, max: 20_000 } },
  limits: { callsPerSecond: null, maxCalls: 2 },
  quirks: [
    'The user name is the id of the SIP trunk.',
    'One caller number for each trunk, another one is refused with 603; several need Caller ID Passthrough, which Wavix has to approve.',
    'Knowing us by address has to be approved by Wavix too, and cannot be changed afterwards.',
    'Media comes from any address, so the whole range of RTP ports has to be open.',
    'New accounts have two calls at a time.',
    'Regions are nl, us, sg and au.',
    'Encrypted media is switched on by their support.',
  ],
  sources: [
    { url: 'https://docs.wavix.com/sip-trunking/sip-trunks', readOn: '2026-11-20' },
    {
      url: 'https://support.portsip.com/portsip-communications-solution/configuring-sip-trunks/wavix-sip-trunk/configuring-wavix-digest-trunk',
      readOn: '2026-11-20',
    },
    { url: 'https://docs.livekit.io/telephony/start/providers/wavix.md', readOn: '2026-11-20' },
  ],
};
