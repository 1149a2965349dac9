import { dialogKey } from '../dialog/dialog.ts';
import type { RefusalCode } from '../endpoint/refusal-codes.ts';
import type { DialogUser } from '../endpoint/signalling.ts';
import type { SipRequest } from '../message/message.ts';
import { readReplaces } from './replaces.ts';

/** What an INVITE of a known sender does to a call that is here. */
export type Replacement =
  /** Without a dialog it is a call like any other. */
  | { readonly kind: 'allowed'; readonly dialog?: DialogUser }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly reason: string };

/**
 * The call an INVITE with Replaces wants the place of (RFC 3891 3): one that is answered, and of the same account, since
 * tags and Call-ID are no secret to those on the way of the messages. A ringing call is never replaced.
 * @throws SipParseError when Replaces is malformed.
 */
export function replacementBy(
  request: SipRequest,
  account: string,
  dialogs: ReadonlyMap<string, DialogUser>,
): Replacement {
  const replaces = readReplaces(request.headers);
  if (!replaces) return { kind: 'allowed' };
  const dialog = dialogs.get(dialogKey(replaces.callId, replaces.toTag, replaces.fromTag));
  if (!dialog?.isEstablished) {
    return { kind: 'refused', code: 'nothing_to_replace', reason: 'the call to be replaced is not here' };
  }
  if (!dialog.mayBeReplacedBy(account)) {
    return { kind: 'refused', code: 'not_replaceable', reason: 'the call to be replaced is of another account' };
  }
  if (replaces.earlyOnly) {
    return { kind: 'refused', code: 'already_answered', reason: 'the call to be replaced has been answered' };
  }
  return { kind: 'allowed', dialog };
}
