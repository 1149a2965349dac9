/** What a carrier's refusal of our call means: SIP statuses and Q.850 causes to endings of the closed list. */
import { header, type SipResponse } from '@dialplane/sip';
import { type EndingReason, endings } from './endings.ts';

/** How a call of ours ended, as it is written down. */
export interface OutgoingEnding {
  readonly reason: EndingReason;
  readonly sipCode: number;
  readonly q850Cause: number;
  readonly sentence: string;
}

/**
 * Q.850 causes that tell more than the SIP status beside them (RFC 3326; meanings: RFC 3398 7.2.4.1). Causes that carriers
 * put beside any status (16 normal clearing, 21 rejected, 31 unspecified, 127 interworking) say nothing here.
 */
const byCause: Readonly<Record<number, EndingReason>> = {
  1: 'number_not_in_service',
  2: 'unreachable',
  3: 'unreachable',
  17: 'busy',
  18: 'no_answer',
  19: 'no_answer',
  20: 'unreachable',
  22: 'number_not_in_service',
  27: 'unreachable',
  28: 'number_not_in_service',
  34: 'carrier_congested',
  38: 'unreachable',
  41: 'carrier_congested',
  42: 'carrier_congested',
  47: 'carrier_congested',
  50: 'carrier_refused',
  55: 'carrier_refused',
  57: 'carrier_refused',
  58: 'carrier_congested',
};

/** Statuses that stand out of their class (RFC 3261 21, RFC 8197, RFC 8688). */
const byStatus: Readonly<Record<number, EndingReason>> = {
  404: 'number_not_in_service',
  408: 'no_answer',
  410: 'number_not_in_service',
  480: 'no_answer',
  484: 'number_not_in_service',
  486: 'busy',
  // The carrier withdrew the call while it rang: its own time for an answer was over.
  487: 'no_answer',
  // A refused version, oversized message or unsupported method is no congestion.
  501: 'carrier_refused',
  505: 'carrier_refused',
  513: 'carrier_refused',
  600: 'busy',
  603: 'declined',
  604: 'number_not_in_service',
  606: 'carrier_refused',
  607: 'declined',
  608: 'carrier_refused',
};

/** For every other status, by its first digit. We follow no redirection. */
const byClass: Readonly<Record<number, EndingReason>> = {
  3: 'carrier_refused',
  4: 'carrier_refused',
  5: 'carrier_congested',
  6: 'declined',
};

/**
 * How a call ended that was refused.
 * @param status final SIP status.
 * @param q850Cause from the response's Reason header, if it has one.
 */
export function endingOfRefusal(status: number, q850Cause: number | undefined): EndingReason {
  const ending = q850Cause === undefined ? undefined : byCause[q850Cause];
  return ending ?? byStatus[status] ?? byClass[Math.floor(status / 100)] ?? 'carrier_refused';
}

/** The Q.850 cause in a Reason header (RFC 3326 2): `Q.850;cause=17;text="User busy"`, among others or alone. */
export function q850CauseOf(reason: string | undefined): number | undefined {
  const cause = /(?:^|,)\s*Q\.850\s*;[^,]*?\bcause\s*=\s*(\d{1,3})/i.exec(reason ?? '')?.[1];
  return cause === undefined ? undefined : Number(cause);
}

/**
 * The ending of a call that was refused, with the carrier's own words.
 * @param response absent when nothing came back: `phrase` is then a sentence of the SIP stack.
 */
export function refusedEnding(status: number, phrase: string, response: SipResponse | undefined): OutgoingEnding {
  if (!response) {
    const { sipCode, q850Cause, sentence } = endings.unreachable;
    return { reason: 'unreachable', sipCode, q850Cause, sentence: `${sentence} (${phrase})` };
  }
  const given = q850CauseOf(header(response, 'Reason'));
  const reason = endingOfRefusal(status, given);
  const { q850Cause, sentence } = endings[reason];
  const said = `${sentence} The carrier answered ${status} ${phrase}.`;
  return { reason, sipCode: status, q850Cause: given ?? q850Cause, sentence: said };
}
