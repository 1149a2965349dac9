/** Reliable provisional responses (RFC 3262) and session timers (RFC 4028). */
export const SESSION_EXTENSIONS = ['100rel', 'timer'];

/**
 * IMS insists on preconditions (RFC 3312). Whether the network has reserved anything is not ours to know: the call is answered
 * as if it had, and the lines about it are read past.
 */
export const TOLERATED_EXTENSIONS = ['precondition'];
