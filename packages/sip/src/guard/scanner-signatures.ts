/**
 * What attack tools call themselves, as their sources and the blocking rules of public SIP servers have it (Kamailio's
 * default configuration, fail2ban's Asterisk filters, read 2026). Tools that honest people use as well, such as sipsak
 * and sipp, are not in it.
 */

/** Parts of User-Agent, in lower case. */
export const scannerAgents: readonly string[] = [
  'friendly-scanner',
  'friendly-request',
  'sipvicious',
  'sipcli',
  'sip-scan',
  'sipscan',
  'sundayddr',
  'iwar',
  'sivus',
  'vaxsipuseragent',
  'vaxipuseragent',
  'siparmyknife',
  'pplsip',
  'sipptk',
  'mr.sip',
];

/** Display names of From, in lower case. */
export const scannerNames: ReadonlySet<string> = new Set(['sipvicious']);

/** Senders in From: the probe of nmap, and the default of SIPVicious. */
export const scannerSenders: ReadonlySet<string> = new Set(['nm@nm', 'nm2@nm2', '100@1.1.1.1']);
