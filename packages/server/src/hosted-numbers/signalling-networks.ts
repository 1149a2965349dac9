import type { ProviderName } from './provider.ts';

/** Addresses a provider sends calls from, as it publishes them. */
export interface SignallingNetworks {
  /** CIDR. */
  readonly networks: readonly string[];
  /** Where they are published, and when that was read. */
  readonly source: string;
  readonly read: string;
}

/** Providers send calls without a password: their addresses tell who they are. */
export const signallingNetworks: Readonly<Record<ProviderName, SignallingNetworks>> = {
  twilio: {
    // Elastic SIP Trunking in all its regions.
    networks: [
      '54.172.60.0/30',
      '54.244.51.0/30',
      '54.171.127.192/30',
      '35.156.191.128/30',
      '54.65.63.192/30',
      '54.169.127.128/30',
      '54.252.254.64/30',
      '177.71.206.192/30',
    ],
    source: 'https://www.twilio.com/docs/sip-trunking/ip-addresses',
    read: '2026-11',
  },
  telnyx: {
    // SIP proxies of all its regions.
    networks: [
      '192.76.120.10/32',
      '64.16.250.10/32',
      '192.76.120.31/32',
      '64.16.250.13/32',
      '185.246.41.140/32',
      '185.246.41.141/32',
      '103.115.244.145/32',
      '103.115.244.146/32',
      '103.115.244.158/32',
      '103.115.244.159/32',
    ],
    source: 'https://sip.telnyx.com',
    read: '2026-11',
  },
};

/** What the operator has set in place of the published list, or that list. */
export function networksOf(
  provider: ProviderName,
  set: Readonly<Partial<Record<ProviderName, readonly string[]>>>,
): readonly string[] {
  return set[provider] ?? signallingNetworks[provider].networks;
}
