import type { SourcePolicy } from '../guard/source-policy.ts';
import type { Registrations } from './registrations.ts';

/** What comes along a registration of ours is known by that, before any other policy is asked. */
export function trustingRegistrations(registrations: Registrations, policy: SourcePolicy | undefined): SourcePolicy {
  return {
    isListed: (address) => registrations.isRegisteredAt(address) || (policy?.isListed(address) ?? false),
    whyNotByPassword: (owner, source) => policy?.whyNotByPassword?.(owner, source),
    identify(request, source) {
      const trusted = registrations.trusted(request, source);
      return trusted
        ? { kind: 'known', owner: trusted.owner, style: 'registration' }
        : policy?.identify(request, source);
    },
  };
}
