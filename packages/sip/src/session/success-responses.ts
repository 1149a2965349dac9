import { SuccessRetransmission } from '../dialog/success-retransmission.ts';
import type { ExtraHeaders } from '../endpoint/call-ending.ts';
import type { Signalling } from '../endpoint/signalling.ts';
import type { SipRequest } from '../message/message.ts';
import { responseBytes } from '../message/response.ts';
import type { SessionDescription } from '../sdp/description.ts';
import { readableSdp } from '../sdp/message-description.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';

/** A 2xx to an INVITE. */
export interface SuccessResponse {
  readonly toTag?: string | undefined;
  /** Without it all is agreed already. */
  readonly sdp?: string | undefined;
  readonly headers: ExtraHeaders;
}

/** Our 2xx to the INVITEs of one dialog, each repeated until its ACK comes (RFC 3261 13.3.1.4). */
export class SuccessResponses {
  readonly #signalling: Signalling;
  readonly #unacknowledged: () => void;
  #waiting:
    | {
        readonly sequence: number;
        readonly retransmission: SuccessRetransmission;
        acknowledged(sdp?: SessionDescription): void;
      }
    | undefined;

  constructor(signalling: Signalling, unacknowledged: () => void) {
    this.#signalling = signalling;
    this.#unacknowledged = unacknowledged;
  }

  /** Whether one of them waits for its ACK. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  send(
    invite: SipRequest,
    transaction: ServerTransaction,
    response: SuccessResponse,
    acknowledged: (sdp?: SessionDescription) => void,
  ): void {
    const { toTag, headers, sdp: body } = response;
    const server = this.#signalling.userAgent;
    const bytes = responseBytes(invite, 200, { toTag, recordRoute: true, headers, body, server });
    transaction.respond(200, bytes);
    this.stop();
    this.#waiting = {
      sequence: invite.cseq.number,
      acknowledged,
      retransmission: new SuccessRetransmission(this.#signalling, {
        send: () => transaction.respond(200, bytes),
        givenUp: () => {
          this.#waiting = undefined;
          this.#unacknowledged();
        },
      }),
    };
  }

  /** True when one of them waited for this ACK. */
  acknowledge(ack: SipRequest): boolean {
    if (this.#waiting?.sequence !== ack.cseq.number) return false;
    const { acknowledged } = this.#waiting;
    this.stop();
    acknowledged(readableSdp(ack));
    return true;
  }

  stop(): void {
    this.#waiting?.retransmission.stop();
    this.#waiting = undefined;
  }
}
