import type { DialogSession } from '../endpoint/dialog-session.ts';
import { respond } from '../endpoint/signalling.ts';
import type { SipRequest } from '../message/message.ts';
import type { ResponseOptions } from '../message/response.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';

/** A request on its way into a dialog: in order, and without extensions we do not have. */
export interface InDialogArrival {
  readonly session: DialogSession;
  readonly request: SipRequest;
  readonly transaction: ServerTransaction;
}

/** What answers the requests of one method inside of a dialog. A SipParseError it throws is answered with 400. */
export type InDialogHandler = (arrival: InDialogArrival) => void;

/** Answers a request of a dialog under our name. */
export function respondInDialog(arrival: InDialogArrival, status: number, response: ResponseOptions = {}): void {
  respond(arrival.session.signalling, arrival.request, arrival.transaction, status, response);
}
