import { type SipRequest, tagOf } from '../message/message.ts';
import { SipParseError } from '../message/parse-error.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import type { Flow } from '../transport/flow.ts';
import type { Admission, Arrival } from './admission.ts';
import type { Authenticator } from './authenticator.ts';
import { sessionOf } from './dialog-session.ts';
import type { RequestHandlers } from './request-handlers.ts';
import { type DialogUser, respond, type Signalling } from './signalling.ts';

export interface RequestRouterOptions {
  readonly signalling: Signalling;
  readonly admission: Admission;
  readonly authenticator: Authenticator;
  /** Of requests outside of dialogs. */
  readonly handlers: RequestHandlers;
}

/** Leads each request that opens a transaction to its dialog, to the INVITE it cancels, or to the handler of its method. */
export class RequestRouter {
  readonly #options: RequestRouterOptions;

  constructor(options: RequestRouterOptions) {
    this.#options = options;
  }

  /** Whatever goes wrong with a request ends it, and nothing else. @param merged another copy of it is being handled. */
  async route(request: SipRequest, transaction: ServerTransaction, source: Flow, merged: boolean): Promise<void> {
    const { signalling, admission } = this.#options;
    const receivedAtMs = signalling.clock.nowMs();
    transaction.localTag = admission.newTag();
    const arrival = { request, transaction, source, localTag: transaction.localTag, receivedAtMs };
    try {
      const session = sessionOf(signalling, request);
      if (request.method === 'CANCEL') this.#cancel(arrival);
      else if (session) await this.#handleInDialog(session, arrival);
      else if (tagOf(request.to) !== undefined)
        admission.refuse(arrival, 'no_dialog', `${request.method} for a call that is not here`);
      else if (!admission.refusesAtOnce(arrival, merged)) await this.#admit(arrival);
    } catch (error) {
      // Lists of headers are read when they are needed, so a fault in one of them may show late.
      if (error instanceof SipParseError) admission.refuse(arrival, 'malformed', error.message);
      else admission.refuse(arrival, 'internal_error', error instanceof Error ? error.message : String(error));
    }
  }

  async #admit(arrival: Arrival): Promise<void> {
    const { signalling, admission, authenticator, handlers } = this.#options;
    const { request, transaction, localTag } = arrival;
    transaction.onCancel(() => respond(signalling, request, transaction, 487, { toTag: localTag }));
    const handler = handlers.get(request.method);
    if (handler?.sender === 'anyone') {
      if (!admission.refusesMethod(arrival, true)) await handler.handle(arrival);
      return;
    }
    const sender = await authenticator.authenticate(arrival);
    if (!sender || admission.refusesMethod(arrival, handler !== undefined)) return;
    await handler?.handle(arrival, sender);
  }

  /** Requests of a dialog come from the host it was made with; others prove who they are. */
  async #handleInDialog(session: DialogUser, arrival: Arrival): Promise<void> {
    const { request, transaction, source } = arrival;
    const { role, flow } = session.dialog.snapshot();
    const isStranger = flow.remoteAddress !== source.remoteAddress && role === 'uas';
    if (isStranger && !(await this.#options.authenticator.authenticateInDialog(arrival))) return;
    session.receive(request, transaction, source);
  }

  /** Always 200 when the INVITE is known, even too late, and under the tag of the answer to that (RFC 3261 9.2). */
  #cancel(arrival: Arrival): void {
    const { signalling, admission } = this.#options;
    const { request, transaction } = arrival;
    const invite = signalling.layer.cancelled(request);
    if (!invite) {
      admission.refuse(arrival, 'no_dialog', 'CANCEL for an INVITE that is not here');
      return;
    }
    respond(signalling, request, transaction, 200, { toTag: invite.localTag });
    invite.cancel(request);
  }
}
