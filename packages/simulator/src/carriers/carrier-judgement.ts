import type { SipRequest } from '@dialplane/sip';
import type { CarrierBehaviour, RuleAnswer } from './carrier-behaviour.ts';
import { judgeCredentials } from './carrier-digest.ts';
import { type CarrierRule, carrierRules, type JudgedInvite } from './carrier-rules.ts';

/** What a request met with. */
export interface CarrierVerdict {
  readonly method: string;
  readonly callId: string;
  /** 0: it was not answered. */
  readonly status: number;
  readonly reason: string;
  /** What the carrier disliked; null when nothing, or when it only asked for a password. */
  readonly disliked: CarrierRule | 'credentials' | 'method' | 'route' | null;
  readonly request: SipRequest;
}

export interface Judgement {
  readonly disliked: CarrierVerdict['disliked'];
  /** Undefined: it is let in. */
  readonly answer: RuleAnswer | undefined;
}

const letIn: Judgement = { disliked: null, answer: undefined };
const wrongPassword: Judgement = { disliked: 'credentials', answer: { status: 403, reason: 'Forbidden' } };

/** Looks at an INVITE as the carrier does: what needs no password, then the password, then the rest. */
export function judgeInvite(invite: JudgedInvite, behaviour: CarrierBehaviour): Judgement {
  return (
    brokenRule(invite, behaviour, true) ??
    judgePassword(invite, behaviour) ??
    brokenRule(invite, behaviour, false) ??
    letIn
  );
}

/** Undefined when the caller is known, by password or by address. */
export function judgePassword(
  { request, account, source, domain }: Pick<JudgedInvite, 'request' | 'account' | 'source' | 'domain'>,
  { challenge }: CarrierBehaviour,
): Judgement | undefined {
  if (account.addresses?.includes(source)) return undefined;
  const verdict = judgeCredentials(request, challenge.realm ?? domain, account, challenge.algorithms);
  if (verdict === 'right') return undefined;
  return verdict === 'none' ? { disliked: null, answer: 'challenge' } : wrongPassword;
}

function brokenRule(invite: JudgedInvite, { rules }: CarrierBehaviour, isEarly: boolean): Judgement | undefined {
  for (const [rule, answer] of Object.entries(rules) as [CarrierRule, RuleAnswer][]) {
    if (carrierRules[rule].isEarly === isEarly && !carrierRules[rule].isKept(invite)) return { disliked: rule, answer };
  }
  return undefined;
}
