/** A failure of media transport that says whose it is and what to do next. */
export class RtpError extends Error {
  readonly code: 'rtp_range_exhausted' | 'rtp_port_unusable';
  readonly errorClass: 'ours' | 'theirs' | 'upstream' | 'unknown';

  constructor(code: RtpError['code'], errorClass: RtpError['errorClass'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RtpError';
    this.code = code;
    this.errorClass = errorClass;
  }
}

/** Every port of the range is in a call, in quarantine or taken by another program. */
export class PortRangeExhausted extends RtpError {
  constructor(min: number, max: number) {
    super(
      'rtp_range_exhausted',
      'ours',
      `No free RTP port between ${min} and ${max}: all are in calls, just released, or taken by other programs. ` +
        'Widen RTP_PORT_MIN and RTP_PORT_MAX or lower the number of calls.',
    );
    this.name = 'PortRangeExhausted';
  }
}
