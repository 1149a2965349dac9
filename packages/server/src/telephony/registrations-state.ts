import type { RegistrationStatus } from '@dialplane/sip';
import type { PartState } from '../api/readiness.ts';

/** While a grant holds, calls along it come in, whatever the last refresh said. */
const holds = new Set<RegistrationStatus['state']>(['registered', 'refreshing', 'retrying']);

/** Degraded while a trunk that should be registered is not: its calls do not come in, all others do. */
export function registrationsState(all: ReadonlyMap<string, RegistrationStatus>): PartState {
  const missing = [...all].filter(([, { state }]) => !holds.has(state));
  const [first] = missing;
  if (!first) return { state: 'ready', detail: `outbound trunks registered: ${all.size}` };
  const [trunkId, { lastError }] = first;
  const cause = lastError ? `: ${lastError.message}` : '';
  return {
    state: 'degraded',
    detail: `outbound trunks not registered: ${missing.length} of ${all.size}; trunk ${trunkId}${cause}`,
  };
}
