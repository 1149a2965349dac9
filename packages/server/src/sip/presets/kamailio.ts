import type { CarrierPreset } from './carrier-preset.ts';

/** Kamailio with its default configuration. */
export const kamailio: CarrierPreset = {
  name: 'kamailio',
  displayName: 'Kamailio',
  directions: ['inbound', 'outbound'],
  hostPattern: '<your Kamailio>',
  ports: { udp: 5060, tcp: 5060, tls: 5061 },
  authentication: { inbound: ['ip', 'digest'], outbound: ['digest', 'ip', 'register'] },
  register: false,
  numbers: { inbound: 'configurable', outbound: 'e164' },
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
    'The host in From has to be its own, else it does not relay and says 403.',
    'The user in From has to be the digest user name, else 403 Forbidden auth ID.',
    'It asks with 407, and stays in the way of the whole call by Record-Route, twice where transports differ.',
    'Requests with Max-Forwards 0 get 483, and numbers begin with + or 00.',
    'With WITH_ANTIFLOOD it stops answering an address that sends much.',
  ],
  sources: [{ url: 'https://github.com/kamailio/kamailio/blob/master/etc/kamailio.cfg', readOn: '2026-11-20' }],
};
