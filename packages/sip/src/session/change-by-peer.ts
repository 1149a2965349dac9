import { contactOf } from '../dialog/dialog.ts';
import { bodyFault, warning } from '../endpoint/signalling.ts';
import type { SipRequest } from '../message/message.ts';
import { sessionDescriptionBytes } from '../message/session-body.ts';
import { SdpParseError, type SessionDescription } from '../sdp/description.ts';
import { parseSdp } from '../sdp/parse.ts';
import { type InDialogArrival, respondInDialog } from './in-dialog-arrival.ts';
import { isIntervalTooSmall, LEAST_SESSION_SECONDS } from './session-interval.ts';

/** RFC 3261 14.2: come back after a short random while. */
const RETRY_AFTER_MAX_SECONDS = 10;

/** Why a re-INVITE, UPDATE or PRACK is not followed; the session stays as it was. */
export class ChangeRefused extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, headers: Readonly<Record<string, string>>) {
    super(`refused with ${status}`);
    this.status = status;
    this.headers = headers;
  }
}

function notYet(why: string): ChangeRefused {
  const seconds = Math.floor(Math.random() * (RETRY_AFTER_MAX_SECONDS + 1));
  return new ChangeRefused(500, { 'Retry-After': String(seconds), ...warning(why) });
}

function glare(): ChangeRefused {
  return new ChangeRefused(491, warning('a change of ours is under way'));
}

/** re-INVITE (RFC 3261 14.2, RFC 6141); without a description it asks for our offer, and the ACK brings the answer. */
export function changeByInvite(arrival: InDialogArrival): void {
  const { session, request, transaction } = arrival;
  const { negotiation, owner } = session;
  follow(arrival, (offer) => {
    if (session.isInviting || negotiation.hasOffered) throw glare();
    if (!owner.isEstablished() || session.awaitsAck) throw notYet('an earlier INVITE is not finished');
    const wished = owner.offerWanted() ?? negotiation.local ?? '';
    const sdp = offer === undefined ? negotiation.offer(wished) : session.answerOffer(offer);
    session.sendSuccess(request, transaction, { sdp, headers: session.acceptInterval(request) }, (answer) =>
      session.settleOffer(answer),
    );
  });
}

/** UPDATE (RFC 3311 5.2); without a description it only refreshes. */
export function changeByUpdate(arrival: InDialogArrival): void {
  const { session, request } = arrival;
  const { negotiation } = session;
  follow(arrival, (offer) => {
    if (offer && negotiation.hasOffered) throw glare();
    if (offer && !negotiation.may('offerReceived')) throw notYet('an earlier offer is not answered');
    const body = offer === undefined ? {} : { body: session.answerOffer(offer) };
    const headers = { ...session.targetHeaders(), ...session.acceptInterval(request) };
    respondInDialog(arrival, 200, { headers, ...body });
  });
}

/** Runs a change; what it throws becomes the refusal. */
function follow(arrival: InDialogArrival, change: (offer: SessionDescription | undefined) => void): void {
  const { session, request } = arrival;
  // A Contact that cannot be read is a 400, before anything is agreed on.
  const target = contactOf(request);
  try {
    if (isIntervalTooSmall(request)) throw new ChangeRefused(422, { 'Min-SE': String(LEAST_SESSION_SECONDS) });
    change(readDescription(request));
    // A refused request changes nothing (RFC 3261 12.2.2).
    session.dialog.refreshTarget(target);
  } catch (error) {
    const { status, headers } = error instanceof ChangeRefused ? error : new ChangeRefused(500, {});
    respondInDialog(arrival, status, { headers });
    if (!(error instanceof ChangeRefused)) session.owner.fault(error);
  }
}

/** @throws ChangeRefused for a body that cannot be read: 415 or 400. */
export function readDescription(request: SipRequest): SessionDescription | undefined {
  const fault = bodyFault(request);
  if (fault) throw new ChangeRefused(415, { ...fault.headers, ...warning(fault.reason) });
  const description = sessionDescriptionBytes(request);
  if (description === undefined) return undefined;
  try {
    return parseSdp(description.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SdpParseError)) throw error;
    throw new ChangeRefused(400, warning(`SDP: ${error.message}`));
  }
}
