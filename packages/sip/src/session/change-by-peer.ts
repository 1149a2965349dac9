import { bodyFault, warning } from '../endpoint/signalling.ts';
import type { SipRequest } from '../message/message.ts';
import { sessionDescriptionBytes } from '../message/session-body.ts';
import { SdpParseError, type SessionDescription } from '../sdp/description.ts';
import { parseSdp } from '../sdp/parse.ts';
import { type InDialogArrival, respondInDialog } from './in-dialog-handlers.ts';

/** RFC 3261 14.2: come back after a short random while. */
const RETRY_AFTER_MAX_SECONDS = 10;

/** Why a re-INVITE or UPDATE is not followed; the session stays as it was. */
class ChangeRefused extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, headers: Readonly<Record<string, string>>) {
    super(`refused with ${status}`);
    this.status = status;
    this.headers = headers;
  }
}

function retryLater(): Readonly<Record<string, string>> {
  const seconds = Math.floor(Math.random() * (RETRY_AFTER_MAX_SECONDS + 1));
  return { 'Retry-After': String(seconds), ...warning('an earlier INVITE is not finished') };
}

/** re-INVITE (RFC 3261 14.2); without a description it asks for our offer. */
export function changeByInvite(arrival: InDialogArrival): void {
  change(arrival, (sdp) => {
    const { session, request, transaction } = arrival;
    session.sendSuccess(request, transaction, { sdp: sdp ?? session.localSdp }, () => {});
  });
}

/** UPDATE (RFC 3311 5.2); without a description it only refreshes. */
export function changeByUpdate(arrival: InDialogArrival): void {
  change(arrival, (sdp) => {
    const { session } = arrival;
    session.localSdp = sdp ?? session.localSdp;
    const body = sdp === undefined ? {} : { body: sdp };
    respondInDialog(arrival, 200, { headers: session.targetHeaders(), ...body });
  });
}

function change(arrival: InDialogArrival, accept: (sdp: string | undefined) => void): void {
  const { session, request } = arrival;
  let sdp: string | undefined;
  try {
    if (!session.owner.isEstablished() || session.awaitsAck) throw new ChangeRefused(500, retryLater());
    sdp = answerTo(arrival, request);
  } catch (error) {
    const { status, headers } = error instanceof ChangeRefused ? error : new ChangeRefused(500, {});
    respondInDialog(arrival, status, { headers });
    if (!(error instanceof ChangeRefused)) session.owner.fault(error);
    return;
  }
  session.dialog.refreshTarget(request);
  accept(sdp);
}

function answerTo({ session }: InDialogArrival, request: SipRequest): string | undefined {
  const fault = bodyFault(request);
  if (fault) throw new ChangeRefused(415, { ...fault.headers, ...warning(fault.reason) });
  const description = sessionDescriptionBytes(request);
  if (description === undefined) return undefined;
  const sdp = session.owner.offered(read(description));
  if (sdp === undefined) throw new ChangeRefused(488, warning('nothing in this offer can be agreed on'));
  return sdp;
}

function read(description: Buffer): SessionDescription {
  try {
    return parseSdp(description.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SdpParseError)) throw error;
    throw new ChangeRefused(400, warning(`SDP: ${error.message}`));
  }
}
