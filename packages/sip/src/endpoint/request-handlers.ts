import type { Arrival } from './admission.ts';
import type { Sender } from './authenticator.ts';

/** What answers the requests of one method that belong to no dialog. */
export interface RequestHandler {
  /** `anyone`: answered without asking who it is. `known`: only after authentication (RFC 3261 22). */
  readonly sender: 'anyone' | 'known';
  /** @param sender undefined for `anyone`. A rejection is answered with 500. */
  handle(arrival: Arrival, sender: Sender | undefined): void | Promise<void>;
}

/** By method; what is not in it gets 405 once its sender is known. */
export type RequestHandlers = Map<string, RequestHandler>;
