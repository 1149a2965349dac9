import { warning } from '../endpoint/signalling.ts';
import { type ParameterisedValue, parameterOf, parseParameterised } from '../message/content-type.ts';
import type { SipRequest } from '../message/message.ts';
import { type InDialogArrival, respondInDialog } from '../session/in-dialog-arrival.ts';
import { REFERRAL_SECONDS } from './received-referral.ts';
import { readReferTo } from './refer-to.ts';

/** The one event package we know (RFC 3515 3). */
const REFER_EVENT = 'refer';

/** RFC 3515 2.4.2: the owner of the call decides; without one that does, nobody is transferred. */
export function referInDialog(arrival: InDialogArrival): void {
  const { session, request } = arrival;
  const { owner } = session;
  const target = readReferTo(request);
  if (target.method !== 'INVITE' || !owner.referred) {
    respondInDialog(arrival, 603, { headers: warning('this call cannot be transferred by its peer') });
    return;
  }
  if (session.referrals.isFull) {
    respondInDialog(arrival, 603, { headers: warning('too many transfers of this call are under way') });
    return;
  }
  const referral = session.referrals.receive(arrival, target);
  try {
    owner.referred(referral);
  } catch (error) {
    referral.refuse(500);
    owner.fault(error);
  }
}

/** News of a REFER of ours (RFC 3515 2.4.5). */
export function notifyInDialog(arrival: InDialogArrival): void {
  const event = eventOf(arrival.request);
  if (event.name !== REFER_EVENT) {
    respondInDialog(arrival, 489, { headers: { 'Allow-Events': REFER_EVENT } });
    return;
  }
  const referral = arrival.session.referrals.sentBy(parameterOf(event, 'id'));
  if (!referral) {
    respondInDialog(arrival, 481, { headers: warning('no such subscription') });
    return;
  }
  respondInDialog(arrival, 200, { headers: arrival.session.targetHeaders() });
  referral.notified(arrival.request);
}

/** The peer prolongs or ends the subscription its REFER made (RFC 3515 2.4.4); new ones are not for it to have. */
export function subscribeInDialog(arrival: InDialogArrival): void {
  const { session, request } = arrival;
  const event = eventOf(request);
  const referral = event.name === REFER_EVENT ? session.referrals.receivedBy(parameterOf(event, 'id')) : undefined;
  if (!referral) {
    const isKnown = event.name === REFER_EVENT;
    respondInDialog(arrival, isKnown ? 481 : 489, { headers: isKnown ? {} : { 'Allow-Events': REFER_EVENT } });
    return;
  }
  const asked = Number.parseInt(request.headers.get('Expires') ?? '', 10);
  // RFC 6665 4.2.1.1: what is granted may be less than what was asked for, never more.
  const granted = asked >= 0 ? Math.min(asked, REFERRAL_SECONDS) : REFERRAL_SECONDS;
  respondInDialog(arrival, 200, { headers: { ...session.targetHeaders(), Expires: String(granted) } });
  if (granted === 0) referral.unsubscribed();
}

function eventOf(request: SipRequest): ParameterisedValue {
  return parseParameterised(request.headers.get('Event') ?? '');
}
