import type { NewOutboundTrunk } from '../outbound-trunks.ts';
import type { CarrierPreset, PresetTransport } from './carrier-preset.ts';
import { presets } from './presets.ts';

/**
 * Fills what a new outbound trunk leaves unset with what its carrier expects. Fields that are given win, also with null.
 * A trunk without a preset, or with one that is not known here, comes back as it is.
 */
export function applyPreset(draft: NewOutboundTrunk): NewOutboundTrunk {
  const preset = presets.find(({ name }) => name === draft.preset);
  return preset ? filled(draft, preset) : draft;
}

function filled(draft: NewOutboundTrunk, preset: CarrierPreset): NewOutboundTrunk {
  const { from, numbers, mediaEncryption, limits } = preset;
  const { username } = draft.credentials;
  const transport = draft.transport ?? advisedTransport(preset);
  return {
    ...draft,
    transport,
    port: draft.port ?? preset.ports[transport],
    fromUser: draft.fromUser === undefined && from.user === 'username' ? username : draft.fromUser,
    // Who is known by address has nothing to register with.
    register: draft.register ?? (preset.register && username !== null),
    numberPolicy: draft.numberPolicy ?? numbers.outbound,
    transferMode: draft.transferMode ?? preset.transferMode,
    mediaEncryption:
      draft.mediaEncryption ?? (transport === 'tls' ? mediaEncryption.overTls : mediaEncryption.otherwise),
    callsPerSecond: draft.callsPerSecond === undefined ? limits.callsPerSecond : draft.callsPerSecond,
  };
}

function advisedTransport({ ports }: CarrierPreset): PresetTransport {
  return transports.find((transport) => ports[transport] !== undefined) ?? 'udp';
}

/** UDP first: it is what every page read describes, and TLS needs to be switched on at the carrier. */
const transports: readonly PresetTransport[] = ['udp', 'tcp', 'tls'];
