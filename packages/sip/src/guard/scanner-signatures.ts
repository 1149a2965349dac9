/**
 * What attack tools call themselves. Tools that honest people use as well, such as sipsak and sipp, are not in it.
 * Sources: the rule of Kamailio's default configuration (kamailio.cfg 5.6, `route[REQINIT]`): friendly, scanner, sipcli,
 * sipvicious, VaxSIPUserAgent, pplsip. https://www.smartvox.co.uk/2016/02/how-to-spot-hacker-invite-requests/: the senders
 * below, the display name. The others stand in many published lists of firewall rules for port 5060, read in 2026.
 */

/** Beginnings of words in User-Agent, in lower case: "iwar" is a war dialler, and "multiware" is a PBX. */
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
];

/** Display names of From, in lower case. */
export const scannerNames: ReadonlySet<string> = new Set(['sipvicious']);

/** Senders in From: the probes of nmap, and the default of SIPVicious. */
export const scannerSenders: ReadonlySet<string> = new Set(['nm@nm', 'nm2@nm2', '100@1.1.1.1']);
