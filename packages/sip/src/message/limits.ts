/**
 * Sizes beyond which a message is refused. They bound memory and work per message; real messages stay far below
 * (the longest of RFC 4475 has 3.5 kB, an INVITE with identity headers and a long route about 6 kB).
 */

/** Start line and headers together. */
export const MAX_HEAD_BYTES = 32 * 1024;

/** One header with its folded lines; RFC 8224 Identity headers reach 2 kB. */
export const MAX_HEADER_CHARACTERS = 8 * 1024;

/** A call through a dozen proxies has about 60. */
export const MAX_HEADERS = 256;

/** SDP with every codec and ICE candidate of a browser is 10 kB; the UDP maximum bounds datagrams anyway. */
export const MAX_BODY_BYTES = 64 * 1024;

/** RFC 3261 16.3 counts at most 255 hops; a loop shows long before. */
export const MAX_LIST_VALUES = 255;

/** RFC 3261 8.1.1.5: sequence numbers stay below 2^31. */
export const MAX_CSEQ = 2 ** 31 - 1;

/** RFC 3261 20.22: Max-Forwards is 0 to 255. */
export const MAX_MAX_FORWARDS = 255;
