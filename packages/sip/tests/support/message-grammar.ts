/**
 * A grammar of SIP messages that makes one, and now and then takes a production where it does not belong. Names in braces
 * are productions. Every production has at least one good alternative first; `wrong` stands in for any of them.
 */
const grammar: Readonly<Record<string, readonly string[]>> = {
  message: ['{request}', '{response}', '{request}'],
  request: ['{method} {uri} SIP/2.0{eol}{head}{eol}{body}', '{method}{lws}{uri} {version}{eol}{head}{eol}{body}'],
  response: ['SIP/2.0 {status} {text}{eol}{head}{eol}{body}'],
  version: ['SIP/2.0', 'SIP/3.0', 'sip/2.0', 'SIP/2', 'HTTP/1.1'],
  method: [
    'INVITE',
    'OPTIONS',
    'BYE',
    'ACK',
    'CANCEL',
    'REFER',
    'NOTIFY',
    'INFO',
    'PRACK',
    'UPDATE',
    'REGISTER',
    '{token}',
  ],
  status: ['200', '180', '401', '486', '99', '700', '1000', '4xx', '4294967301'],
  head: [
    '{via}{eol}{from}{eol}{to}{eol}{callid}{eol}{cseq}{eol}{more}',
    '{via}{eol}{via}{eol}{to}{eol}{from}{eol}{cseq}{eol}{callid}{eol}{contact}{eol}{more}{more}',
    '{more}{via}{eol}{from}{eol}{to}{eol}{callid}{eol}{cseq}{eol}{contact}{eol}{more}',
    '{more}{more}{more}',
  ],
  more: [
    '{extra}{eol}',
    '',
    '{extra}{eol}',
    '{extra}{eol}{extra}{eol}',
    '{extra}{eol}{extra}{eol}{extra}{eol}{length}{eol}',
  ],
  extra: [
    'Max-Forwards: {number}',
    'Route: {nameaddr}',
    'Record-Route: {nameaddr}, {nameaddr}',
    'Require: {token}',
    'Supported: timer, 100rel',
    'Content-Type: {type}',
    'Content-Disposition: {token};handling={token}',
    'Content-Encoding: {token}',
    'Replaces: {token};to-tag={token};from-tag={token}',
    'Refer-To: {nameaddr}',
    'Event: refer;id={number}',
    'Session-Expires: {number};refresher=uac',
    'P-Asserted-Identity: {nameaddr}',
    'Identity: {token}.{token}.{token};info=<{uri}>',
    'Authorization: Digest {pairs}',
    'Expires: {number}',
    'Retry-After: {number} ({text})',
    'Accept: {type}',
    'Privacy: {token};{token}',
    '{token}: {text}',
    '{token}:{lws}{text}',
    '{length}',
  ],
  via: [
    'Via: SIP/2.0/UDP {host};branch=z9hG4bK{token}',
    'v: SIP / 2.0 / {token} {host} ;{params}',
    'Via: SIP/2.0/UDP {host};rport;branch={token}, SIP/2.0/TCP {host}',
  ],
  from: ['From: {nameaddr};tag={token}', 'f: {uri};tag={token}', 'From: {nameaddr}'],
  to: ['To: {nameaddr}', 't: {uri};tag={token}'],
  callid: ['Call-ID: {token}@{host}', 'i: {token}'],
  cseq: ['CSeq: {number} INVITE', 'CSeq: {number}{lws}{method}'],
  contact: ['Contact: {nameaddr}', 'm: {uri}', 'Contact: *', 'Contact: {nameaddr};{params}, {nameaddr}'],
  nameaddr: ['<{uri}>', '{quoted} <{uri}>', '{text} <{uri}>', '{quoted}<{uri}>;{params}', '<{nameaddr}>'],
  uri: [
    'sip:{token}@{host}',
    'sips:{host};{params}',
    'tel:+{number};{params}',
    'sip:{token}:{token}@{host};{params}?{token}={text}',
    '{token}:{text}',
  ],
  host: [
    '127.0.0.1',
    '127.0.0.1:5060',
    '[::1]',
    '[2001:db8::1]:5070',
    'example.com',
    '[::ffff:192.0.2.1',
    '1.2.3.4.5',
    'a..b:99999',
    '',
  ],
  params: ['{token}={token}', '{token}', '{token}={quoted};{params}', '{params};{params}', ';'],
  pairs: [
    'username={quoted}, realm={quoted}, nonce={quoted}, uri={quoted}, response={quoted}',
    '{token}={quoted},{pairs}',
    '{token}',
  ],
  quoted: ['"{text}"', '"\\"{text}\\\\"', '"{text}', '""'],
  text: ['hello', 'two words', 'J\u00fcrgen', '{token} {token}', '\u4f60\u597d', '', ' ', '((({text})))', '\0'],
  token: ['alice', 'a1-2.3!*_+', 'x', '{token}{token}', '42'],
  junk: ['a b', '%zz', '@', '<', '"', "`'~", '\\', '\u0000', '((('],
  number: ['1', '70', '0', '00042', '2147483647', '2147483648', '-1', '99999999999999999999999', '1e3', ''],
  length: ['Content-Length: 0', 'l: {number}', 'Content-Length: {number}', 'Content-Length: 5, 5'],
  type: [
    'application/sdp',
    'multipart/mixed;boundary=b',
    'multipart/mixed',
    'application/dtmf-relay',
    'message/sipfrag',
    '{token}/{token};{params}',
  ],
  body: [
    '',
    'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n',
    '--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b--',
    '--b\r\n{extra}\r\n\r\n{text}\r\n--b',
    '{text}',
  ],
  lws: [' ', '\t', '   ', '\r\n '],
  eol: ['\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '\r\n\r\n'],
};

const productions = Object.keys(grammar);

/** Every alternative of these is as good as the first. */
const even: ReadonlySet<string> = new Set([
  'extra',
  'more',
  'uri',
  'nameaddr',
  'via',
  'token',
  'contact',
  'type',
  'body',
]);

/** Deeper sentences only repeat themselves. */
const MAX_DEPTH = 12;

/** One production in so many is another one than it should be. */
const WRONG_ONE_IN = 150;

function expand(name: string, random: (below: number) => number, depth: number): string {
  const isWrong = random(WRONG_ONE_IN) === 0;
  const alternatives = grammar[isWrong ? (productions[random(productions.length)] ?? name) : name] ?? [''];
  // Mostly the good one, so that messages get far enough into the parser to meet what is wrong with them.
  const isFree = even.has(name) ? random(2) === 0 : random(8) === 0;
  const chosen = depth >= MAX_DEPTH || !isFree ? 0 : random(alternatives.length);
  const pattern = alternatives[chosen] ?? '';
  if (depth > 2 * MAX_DEPTH) return '';
  let text = '';
  let start = 0;
  for (let open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', start)) {
    const close = pattern.indexOf('}', open);
    text += pattern.slice(start, open) + expand(pattern.slice(open + 1, close), random, depth + 1);
    start = close + 1;
  }
  return text + pattern.slice(start);
}

/** A message, or what comes near to one. */
export function messageFromGrammar(random: (below: number) => number): Buffer {
  return Buffer.from(expand('message', random, 0), random(8) === 0 ? 'latin1' : 'utf8');
}
