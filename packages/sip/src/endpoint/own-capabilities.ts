import { DTMF, DTMF_RELAY } from '../info/digit-info.ts';
import { SIPFRAG } from '../refer/sipfrag.ts';
import { REGISTRAR_EXTENSIONS } from '../registration/registrar-service.ts';
import { SESSION_EXTENSIONS, TOLERATED_EXTENSIONS } from '../session/extensions.ts';
import { inDialogHandlers } from '../session/in-dialog-handlers.ts';
import { Capabilities } from './capabilities.ts';
import { ACCEPTED_BODY } from './signalling.ts';

/** Spoken everywhere, without a handler of their own (RFC 3261 9, 17). */
const BASIC_METHODS = ['ACK', 'CANCEL'];

/** Media types some request of ours or of a peer may carry. */
const READ_BODIES = [ACCEPTED_BODY, 'multipart/mixed', SIPFRAG, DTMF_RELAY, DTMF];

/** Transfers: RFC 3891 and RFC 4488. */
const TRANSFER_EXTENSIONS = ['replaces', 'norefersub'];

/** What an endpoint with these handlers of requests outside of dialogs can do. */
export function ownCapabilities(handlers: ReadonlyMap<string, unknown>): Capabilities {
  const capabilities = new Capabilities();
  for (const method of [...handlers.keys(), ...BASIC_METHODS, ...inDialogHandlers.keys()])
    capabilities.addMethod(method);
  for (const type of READ_BODIES) capabilities.addBody(type);
  for (const tag of [...TRANSFER_EXTENSIONS, ...SESSION_EXTENSIONS]) capabilities.addExtension(tag);
  for (const tag of TOLERATED_EXTENSIONS) capabilities.tolerateExtension(tag);
  const ofRegistrar = handlers.has('REGISTER') ? REGISTRAR_EXTENSIONS : [];
  for (const tag of ofRegistrar) capabilities.tolerateExtension(tag);
  return capabilities;
}
