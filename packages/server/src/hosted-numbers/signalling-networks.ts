import { telnyx } from '../sip/presets/telnyx.ts';
import { twilio } from '../sip/presets/twilio.ts';
import type { ProviderName } from './provider.ts';

/**
 * Addresses and networks (CIDR) that providers send calls from, which come without a password. The presets have them, with
 * the pages they are from; what has moved since is set with TWILIO_SIP_NETWORKS and TELNYX_SIP_NETWORKS.
 */
export const signallingNetworks: Readonly<Record<ProviderName, readonly string[]>> = {
  twilio: twilio.signallingAddresses,
  telnyx: telnyx.signallingAddresses,
};

/** What the operator has set in place of the published list, or that list. */
export function networksOf(
  provider: ProviderName,
  set: Readonly<Partial<Record<ProviderName, readonly string[]>>>,
): readonly string[] {
  return set[provider] ?? signallingNetworks[provider];
}
