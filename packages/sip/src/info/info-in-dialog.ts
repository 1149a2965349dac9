import { warning } from '../endpoint/signalling.ts';
import { bodyParts } from '../message/multipart.ts';
import { type InDialogArrival, respondInDialog } from '../session/in-dialog-arrival.ts';
import { DTMF, DTMF_RELAY, readDigitInfo } from './digit-info.ts';

/** RFC 5168: a video sender asks for a full picture. There is none, and a refusal has ended calls. */
const MEDIA_CONTROL = 'application/media_control+xml';

/** INFO (RFC 6086): keypad digits of both customs; no Info Package is known. */
export function infoInDialog(arrival: InDialogArrival): void {
  const { session, request } = arrival;
  if (request.headers.get('Info-Package') !== undefined) {
    // RFC 6086 4.2.2: an empty Recv-Info says that there is no package we take.
    respondInDialog(arrival, 469, { headers: { 'Recv-Info': '' } });
    return;
  }
  const parts = bodyParts(request);
  const keys = parts.find(({ contentType }) => contentType === DTMF_RELAY || contentType === DTMF);
  if (keys) {
    const digit = readDigitInfo(keys.bytes);
    respondInDialog(arrival, 200);
    if (digit) tell(arrival, () => session.owner.digit?.(digit.digit, digit.durationMs));
    return;
  }
  const unknown = parts.find((part) => part.contentType !== MEDIA_CONTROL && part.handling !== 'optional');
  // An INFO without a body asks whether we are there.
  if (!unknown) respondInDialog(arrival, 200);
  else {
    const headers = {
      Accept: `${DTMF_RELAY}, ${DTMF}`,
      ...warning(`INFO with ${unknown.contentType || 'an unnamed body'}`),
    };
    respondInDialog(arrival, 415, { headers });
  }
}

function tell({ session }: InDialogArrival, handler: () => void): void {
  try {
    handler();
  } catch (error) {
    session.owner.fault(error);
  }
}
