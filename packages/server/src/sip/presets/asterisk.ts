import type { CarrierPreset } from './carrier-preset.ts';

/** Asterisk with PJSIP. */
export const asterisk: CarrierPreset = {
  name: 'asterisk',
  displayName: 'Asterisk (PJSIP)',
  directions: ['inbound', 'outbound'],
  hostPattern: '<your Asterisk>',
  ports: { udp: 5060, tcp: 5060, tls: 5061 },
  authentication: { inbound: ['digest', 'ip', 'register'], outbound: ['digest', 'ip', 'register'] },
  register: false,
  numbers: { inbound: 'configurable', outbound: 'extension' },
  from: { user: 'username', domain: 'any' },
  headers: [
    { name: 'P-Asserted-Identity', use: 'sent with send_pai, believed with trust_id_inbound' },
    { name: 'Diversion', use: 'sent with send_diversion' },
  ],
  codecs: [],
  mediaEncryption: { overTls: 'allow', otherwise: 'allow' },
  sessionTimers: { expiresSeconds: 1800, minSeSeconds: 90 },
  transferMode: 'refer',
  digestAlgorithms: ['MD5', 'SHA-256', 'SHA-512-256'],
  signallingAddresses: [],
  media: { addresses: [], ports: null },
  limits: { callsPerSecond: null, maxCalls: null },
  quirks: [
    'It finds the endpoint by the address of an identify section, else by the user of From: that has to be the name of the endpoint.',
    'Requests it cannot place get 401 from the realm "asterisk", whatever password follows.',
    'With direct_media it moves the sound by a re-INVITE right after the answer.',
    'qualify_frequency sends OPTIONS and takes the trunk out of use while they are not answered.',
    'SHA-256 and SHA-512-256 from 20.12, 21.7 and 22.2 on, MD5 before.',
  ],
  sources: [
    {
      url: 'https://docs.asterisk.org/Configuration/Channel-Drivers/SIP/Configuring-res_pjsip/PJSIP-Authentication',
      readOn: '2026-11-20',
    },
    {
      url: 'https://docs.asterisk.org/Asterisk_18_Documentation/API_Documentation/Dialplan_Functions/PJSIP_ENDPOINT',
      readOn: '2026-11-20',
    },
    {
      url: 'https://docs.asterisk.org/Asterisk_21_Documentation/API_Documentation/Dialplan_Functions/PJSIP_AOR/',
      readOn: '2026-11-20',
    },
  ],
};
