/** Prefix of our SIP headers on the wire, as the phone API documents them. */
export const sipHeaderPrefix = 'X-OPENCX';

/** The header a PBX names an agent in (SIP header names are not case-sensitive). */
export const agentIdHeader = `${sipHeaderPrefix}-AGENT-ID`;
