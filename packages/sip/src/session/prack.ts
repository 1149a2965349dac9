import { warning } from '../endpoint/signalling.ts';
import { ChangeRefused, readDescription } from './change-by-peer.ts';
import { type InDialogArrival, respondInDialog } from './in-dialog-arrival.ts';
import { parseRack } from './reliable-provisionals.ts';

/**
 * PRACK (RFC 3262 3, 5): 481 for one that speaks of nothing we wait for. It may carry the answer to our offer in the
 * response, or a new offer, which the 200 answers.
 */
export function acknowledgeProvisional(arrival: InDialogArrival): void {
  const { session, request } = arrival;
  const { reliable, negotiation, owner } = session;
  if (!reliable?.acknowledge(parseRack(request.headers.get('RAck')))) {
    respondInDialog(arrival, 481, { headers: warning('no response waits for this RAck') });
    return;
  }
  let body: string | undefined;
  try {
    const description = readDescription(request);
    if (description && negotiation.hasOffered) {
      negotiation.answerReceived(description);
      owner.answerReceived(description);
    } else if (description) body = session.answerOffer(description);
  } catch (error) {
    // The response is acknowledged all the same; only what the PRACK brings is refused (RFC 3262 3).
    const { status, headers } = error instanceof ChangeRefused ? error : new ChangeRefused(500, {});
    respondInDialog(arrival, status, { headers });
    if (!(error instanceof ChangeRefused)) owner.fault(error);
    return;
  }
  respondInDialog(arrival, 200, body === undefined ? {} : { body });
  reliable.resume();
  owner.provisionalAcknowledged();
}
