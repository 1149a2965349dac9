import type { CallUsageHandlers } from './call-usages.ts';
import type { SessionOwner } from './session-owner.ts';

/** What a call's session asks of its owner beside the session itself; `handlers` may change in the call's life. */
export function usageDuties(
  handlers: () => CallUsageHandlers,
): Required<Pick<SessionOwner, 'referred' | 'digit' | 'replaced'>> {
  return {
    referred: (referral) => {
      const owner = handlers();
      if (owner.referred) owner.referred(referral);
      else referral.refuse();
    },
    digit: (digit, durationMs) => handlers().digit?.(digit, durationMs),
    replaced: (call) => {
      const owner = handlers();
      owner.replaced?.(call);
      return owner.replaced !== undefined;
    },
  };
}
