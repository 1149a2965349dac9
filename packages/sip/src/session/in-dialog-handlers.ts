import type { DialogSession } from '../endpoint/dialog-session.ts';
import { respond } from '../endpoint/signalling.ts';
import type { SipRequest } from '../message/message.ts';
import type { ResponseOptions } from '../message/response.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { changeByInvite, changeByUpdate } from './change-by-peer.ts';

/** A request on its way into a dialog: in order, and without extensions we do not have. */
export interface InDialogArrival {
  readonly session: DialogSession;
  readonly request: SipRequest;
  readonly transaction: ServerTransaction;
}

/** What answers the requests of one method inside of a dialog. A SipParseError it throws is answered with 400. */
export type InDialogHandler = (arrival: InDialogArrival) => void;

/** By method; what is not in it gets 405. */
export const inDialogHandlers: ReadonlyMap<string, InDialogHandler> = new Map<string, InDialogHandler>([
  ['BYE', bye],
  ['INVITE', changeByInvite],
  ['UPDATE', changeByUpdate],
  ['OPTIONS', options],
]);

/** Answers a request of a dialog under our name. */
export function respondInDialog(arrival: InDialogArrival, status: number, response: ResponseOptions = {}): void {
  respond(arrival.session.signalling, arrival.request, arrival.transaction, status, response);
}

/** RFC 3261 15.1.2. */
function bye(arrival: InDialogArrival): void {
  respondInDialog(arrival, 200);
  arrival.session.owner.bye(arrival.request);
}

/** RFC 3261 11.2. */
function options(arrival: InDialogArrival): void {
  const { allow, accept, supported } = arrival.session.signalling.capabilities;
  respondInDialog(arrival, 200, { headers: { Allow: allow, Accept: accept, Supported: supported } });
}
