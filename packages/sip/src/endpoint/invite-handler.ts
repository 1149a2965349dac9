import { replacementBy } from '../refer/invite-with-replaces.ts';
import { isIntervalTooSmall, LEAST_SESSION_SECONDS } from '../session/session-interval.ts';
import type { Admission, Arrival } from './admission.ts';
import type { Sender } from './authenticator.ts';
import { ReceivedInvite } from './incoming-call.ts';
import type { IncomingCall } from './incoming-call-types.ts';
import { respond, type Signalling } from './signalling.ts';

export interface InviteHandlerOptions {
  readonly signalling: Signalling;
  readonly admission: Admission;
  /** Undefined: nobody answers calls. */
  readonly onInvite: ((call: IncomingCall) => void) | undefined;
  isClosed(): boolean;
}

/** Makes a call of an INVITE whose sender is known, once its body, its session interval and what it replaces are good. */
export async function handleInvite(options: InviteHandlerOptions, arrival: Arrival, sender: Sender): Promise<void> {
  const { signalling, admission } = options;
  const { request, transaction, source, localTag, receivedAtMs } = arrival;
  if (admission.refusesBody(arrival)) return;
  if (isIntervalTooSmall(request)) {
    const headers = { 'Min-SE': String(LEAST_SESSION_SECONDS) };
    const reason = `a session must last at least ${LEAST_SESSION_SECONDS} seconds`;
    admission.refuse(arrival, 'session_interval_too_small', reason, headers);
    return;
  }
  const read = admission.readOffer(arrival);
  if (read === 'refused') return;
  const replacement = replacementBy(request, sender.owner, signalling.dialogs);
  if (replacement.kind === 'refused') {
    admission.refuse(arrival, replacement.code, replacement.reason);
    return;
  }
  const { dialog } = replacement;
  const onInvite = dialog ? (call: ReceivedInvite) => dialog.replaceBy(call) : options.onInvite;
  if (!onInvite) {
    admission.refuse(arrival, 'nobody_answers', 'nobody answers calls here');
    return;
  }
  const path = signalling.transports.knownPathFor(source) ?? (await signalling.transports.pathFor(source));
  if (options.isClosed() || !transaction.isOpen) return;
  const call = new ReceivedInvite({
    signalling,
    request,
    transaction,
    source,
    path,
    localTag,
    receivedAtMs,
    owner: sender.owner,
    style: sender.style,
    offer: read.offer,
  });
  try {
    onInvite(call);
  } catch (error) {
    call.fail(error);
  }
  // A caller that hears nothing within 200 ms soon sends its INVITE again (RFC 3261 17.2.1).
  if (transaction.isUnanswered) respond(signalling, request, transaction, 100);
}
