import type { DialogSession } from '../endpoint/dialog-session.ts';
import { type SipResponse, tagOf } from '../message/message.ts';
import { hasOptionTag } from '../message/option-tags.ts';
import type { SessionDescription } from '../sdp/description.ts';
import { readableSdp } from '../sdp/message-description.ts';

/** A hunt group rings a dozen phones; a peer that makes up more gets neither PRACK nor sound for them. */
const MOST_PHONES = 32;

/** One phone that rings. */
interface EarlyDialog {
  readonly session: DialogSession;
  /** RSeq of the last reliable response; undefined before the first. */
  number: number | undefined;
  /** The last description of an unreliable response: a preview of the answer the 2xx will bring. */
  preview: SessionDescription | undefined;
}

/** What a provisional response means to the call. */
export interface Progress {
  readonly response: SipResponse;
  /** Early media, when the response describes any. */
  readonly sdp: SessionDescription | undefined;
}

/**
 * The early dialogs of one INVITE of ours: every To tag in a response is another phone a proxy forked to (RFC 3261 12.1,
 * 13.2.2.4), with its own descriptions, and its own order of reliable responses, which get their PRACK here (RFC 3262 4).
 */
export class EarlyDialogs {
  readonly #open: (response: SipResponse) => DialogSession | undefined;
  readonly #byTag = new Map<string, EarlyDialog>();

  constructor(open: (response: SipResponse) => DialogSession | undefined) {
    this.#open = open;
  }

  /** Undefined for a response to be ignored: a repetition, or one that overtook another. */
  receive(response: SipResponse): Progress | undefined {
    const tag = tagOf(response.to);
    // Trying makes no dialog, nor does an RFC 2543 phone without a tag.
    if (response.status === 100 || tag === undefined) return { response, sdp: readableSdp(response) };
    const number = reliableNumber(response);
    const sdp = readableSdp(response);
    if (number === undefined && sdp === undefined) return { response, sdp };
    const dialog = this.#byTag.get(tag) ?? this.#add(tag, response);
    if (!dialog) return { response, sdp };
    dialog.session.learnPeer(response);
    if (number === undefined) dialog.preview = sdp;
    else if (dialog.number !== undefined && number !== dialog.number + 1) return undefined;
    else this.#acknowledge(dialog, number, response, sdp);
    return { response, sdp };
  }

  /** The session of the phone that answered, and its answer. The others are left to the proxy's CANCEL. */
  confirm(response: SipResponse): { session: DialogSession; sdp: SessionDescription | undefined } | undefined {
    const tag = tagOf(response.to) ?? '';
    const early = this.#byTag.get(tag);
    const session = early?.session ?? this.#open(response);
    this.#byTag.delete(tag);
    this.close();
    if (!session) return undefined;
    session.learnPeer(response);
    if (early) session.dialog.confirm(response);
    const { negotiation } = session;
    // After a reliable answer the 2xx has nothing to add (RFC 3262 5).
    if (!negotiation.hasOffered) return { session, sdp: negotiation.remote };
    const sdp = readableSdp(response) ?? early?.preview;
    if (sdp) negotiation.answerReceived(sdp);
    return { session, sdp };
  }

  /** No phone rings any more. */
  close(): void {
    for (const { session } of this.#byTag.values()) session.close();
    this.#byTag.clear();
  }

  #add(tag: string, response: SipResponse): EarlyDialog | undefined {
    const session = this.#byTag.size < MOST_PHONES ? this.#open(response) : undefined;
    if (!session) return undefined;
    const dialog: EarlyDialog = { session, number: undefined, preview: undefined };
    this.#byTag.set(tag, dialog);
    return dialog;
  }

  #acknowledge(dialog: EarlyDialog, number: number, response: SipResponse, sdp: SessionDescription | undefined): void {
    dialog.number = number;
    const { session } = dialog;
    if (sdp && session.negotiation.hasOffered) session.negotiation.answerReceived(sdp);
    const { number: sequence } = response.cseq;
    void session.request('PRACK', { headers: { RAck: `${number} ${sequence} INVITE` } });
  }
}

/** RSeq of a response that wants a PRACK (RFC 3262 4). */
function reliableNumber(response: SipResponse): number | undefined {
  if (!hasOptionTag(response, 'Require', '100rel')) return undefined;
  const number = response.headers.get('RSeq')?.trim() ?? '';
  return /^\d{1,10}$/.test(number) ? Number(number) : undefined;
}
