import type { CarrierBehaviour } from './carrier-behaviour.ts';

/** Everything SIP knows, for those who restrict nothing. */
const allMethods = ['INVITE', 'BYE', 'OPTIONS', 'REGISTER', 'UPDATE', 'PRACK', 'INFO', 'REFER', 'NOTIFY'];

const plain = {
  callsPerSecond: null,
  methods: allMethods,
  registrationSeconds: 120,
  recordRoutes: 0,
  privateMediaAddress: false,
  directMedia: false,
  sessionTimers: null,
  contactParameter: null,
} as const;

const twilio: CarrierBehaviour = {
  ...plain,
  name: 'twilio',
  challenge: { status: 407, realm: 'sip.twilio.com', algorithms: ['MD5'] },
  rules: {
    own_request_host: 'silence',
    e164_dialled: { status: 404, reason: 'Number is not E.164' },
    e164_caller: { status: 403, reason: 'Caller number is not E.164' },
    verified_caller: { status: 403, reason: 'Caller number is not verified' },
    srtp_over_tls: { status: 488, reason: 'Secure trunking needs SRTP' },
    rate: { status: 503, reason: 'Trunk CPS limit exceeded' },
  },
  callsPerSecond: 1,
  methods: ['INVITE', 'BYE', 'OPTIONS', 'UPDATE', 'REFER', 'INFO', 'NOTIFY'],
};

const telnyx: CarrierBehaviour = {
  ...plain,
  name: 'telnyx',
  challenge: { status: 407, realm: 'sip.telnyx.com', algorithms: ['MD5'] },
  rules: {
    e164_dialled: { status: 404, reason: 'Number is not E.164' },
    verified_caller: { status: 403, reason: 'Caller Origination Number is Invalid D35' },
    rate: { status: 503, reason: 'Too many calls per second' },
  },
  callsPerSecond: 20,
  registrationSeconds: 800,
};

const plivo: CarrierBehaviour = {
  ...plain,
  name: 'plivo',
  challenge: { status: 407, algorithms: ['MD5'] },
  rules: {
    e164_dialled: { status: 404, reason: 'Number is not E.164' },
    srtp_over_tls: { status: 488, reason: 'Secure trunk needs SRTP' },
    g711: { status: 488, reason: 'Not Acceptable Here' },
    rate: { status: 503, reason: 'CPS limit of the trunk' },
  },
  callsPerSecond: 2,
  methods: ['INVITE', 'BYE', 'OPTIONS', 'REFER', 'UPDATE'],
};

const sinch: CarrierBehaviour = {
  ...plain,
  name: 'sinch',
  challenge: { status: 407, algorithms: ['MD5'] },
  rules: {
    own_request_host: { status: 404, reason: 'Not Found' },
    own_from_host: { status: 403, reason: 'Forbidden' },
    e164_dialled: { status: 404, reason: 'Number is not E.164' },
    rate: { status: 603, reason: 'Decline' },
  },
  callsPerSecond: 1,
};

const wavix: CarrierBehaviour = {
  ...plain,
  name: 'wavix',
  challenge: { status: 401, algorithms: ['MD5'] },
  rules: {
    registered_first: { status: 403, reason: 'Not registered' },
    verified_caller: { status: 603, reason: 'Decline' },
    g711: { status: 488, reason: 'Not Acceptable Here' },
  },
};

const threeCx: CarrierBehaviour = {
  ...plain,
  name: '3cx',
  challenge: { status: 407, realm: '3CXPhoneSystem', algorithms: ['MD5'] },
  rules: {
    from_user_is_account: { status: 403, reason: 'Forbidden' },
    registered_first: { status: 403, reason: 'Extension is not registered' },
  },
  privateMediaAddress: true,
  contactParameter: 'rinstance',
};

const asterisk: CarrierBehaviour = {
  ...plain,
  name: 'asterisk',
  challenge: { status: 401, realm: 'asterisk', algorithms: ['MD5'] },
  // An endpoint nobody knows is asked for a password for ever, so that names cannot be guessed.
  rules: { from_user_is_account: 'challenge' },
  directMedia: true,
  sessionTimers: { expiresSeconds: 1800, minSeSeconds: 90 },
  registrationSeconds: 3600,
};

const freepbx: CarrierBehaviour = { ...asterisk, name: 'freepbx', directMedia: false };

const kamailio: CarrierBehaviour = {
  ...plain,
  name: 'kamailio',
  challenge: { status: 407, algorithms: ['MD5'] },
  rules: {
    hops_left: { status: 483, reason: 'Too Many Hops' },
    own_from_host: { status: 403, reason: 'Not relaying' },
    from_user_is_account: { status: 403, reason: 'Forbidden auth ID' },
    international_dialled: { status: 404, reason: 'Not Found' },
  },
  recordRoutes: 2,
  registrationSeconds: 3600,
};

/** In the order of the presets. */
export const carrierBehaviours: readonly CarrierBehaviour[] = [
  twilio,
  telnyx,
  plivo,
  sinch,
  wavix,
  threeCx,
  asterisk,
  freepbx,
  kamailio,
];
