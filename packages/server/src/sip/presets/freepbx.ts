import { asterisk } from './asterisk.ts';
import type { CarrierPreset } from './carrier-preset.ts';

/** FreePBX: Asterisk with its settings made on pages. */
export const freepbx: CarrierPreset = {
  ...asterisk,
  name: 'freepbx',
  displayName: 'FreePBX',
  hostPattern: '<your FreePBX>',
  ports: { udp: 5060, tcp: 5060 },
  digestAlgorithms: ['MD5'],
  quirks: [
    'Calls from an address that is not in "Match (Permit)" of the trunk are asked for a password with 401.',
    'With "Authentication: None" only "Match (Permit)" lets calls in.',
    'The trunk counts as unavailable while its OPTIONS are not answered.',
    'From of our calls has to name the extension or trunk it knows us by.',
  ],
  sources: [
    { url: 'https://community.freepbx.org/t/freepbx-pjsip-trunk-with-no-reg-or-auth/105124', readOn: '2026-11-20' },
    ...asterisk.sources,
  ],
};
