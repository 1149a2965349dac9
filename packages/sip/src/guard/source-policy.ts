import type { SipRequest } from '../message/message.ts';
import type { Flow } from '../transport/flow.ts';

/** How a sender was known. `registration`: the call came over a flow that we registered with its carrier. */
export type SenderStyle = 'digest' | 'ip' | 'certificate' | 'registration';

export type SourceVerdict =
  | { readonly kind: 'known'; readonly owner: string; readonly style: Exclude<SenderStyle, 'digest'> }
  /** On the list of a trunk, and still it cannot be said whose the call is: asked for credentials. */
  | { readonly kind: 'ambiguous'; readonly reason: string };

/** Who may send requests without a password, and whose password counts only from some places. */
export interface SourcePolicy {
  /** Whether any trunk lists the address: the guard never silences it. Answers from memory. */
  isListed(address: string): boolean;
  /** Undefined at once, from memory, for a source that nobody knows. A rejection is answered with 503. */
  identify(request: SipRequest, source: Flow): Promise<SourceVerdict> | SourceVerdict | undefined;
  /**
   * Why the right password of an owner does not do for this source: a sentence, or undefined where it does. Answers from
   * memory. Without it passwords count from everywhere.
   */
  whyNotByPassword?(owner: string, source: Flow): string | undefined;
}
