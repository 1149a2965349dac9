import { infoInDialog } from '../info/info-in-dialog.ts';
import { notifyInDialog, referInDialog, subscribeInDialog } from '../refer/refer-in-dialog.ts';
import { changeByInvite, changeByUpdate } from './change-by-peer.ts';
import { type InDialogArrival, type InDialogHandler, respondInDialog } from './in-dialog-arrival.ts';
import { acknowledgeProvisional } from './prack.ts';

/** By method; what is not in it gets 405. */
export const inDialogHandlers: ReadonlyMap<string, InDialogHandler> = new Map<string, InDialogHandler>([
  ['BYE', bye],
  ['INVITE', changeByInvite],
  ['UPDATE', changeByUpdate],
  ['PRACK', acknowledgeProvisional],
  ['INFO', infoInDialog],
  ['REFER', referInDialog],
  ['NOTIFY', notifyInDialog],
  ['SUBSCRIBE', subscribeInDialog],
  ['OPTIONS', options],
]);

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
