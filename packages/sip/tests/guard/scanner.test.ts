import { describe, expect, it } from 'vitest';
import { scannerSignature } from '../../src/guard/scanner.ts';
import { inviteWith } from '../support/messages.ts';

describe('the signature of a scanner', () => {
  it.each(['friendly-scanner', 'Sipcli/v1.8', 'Mozilla (VaxSIPUserAgent/3.1)', 'iWar/0.08', 'x pplsip'])(
    'is in the User-Agent %s',
    (agent) => {
      expect(scannerSignature(inviteWith(`User-Agent: ${agent}`))).toBe(`the User-Agent "${agent.toLowerCase()}"`);
    },
  );

  it.each(['MultiWare PBX 4', 'DigiWare/2.0', 'Asterisk PBX 22', 'sipsak 0.9.8', 'PortSIP VoIP SDK', ''])(
    'is not in the User-Agent %j',
    (agent) => {
      expect(scannerSignature(inviteWith(`User-Agent: ${agent}`))).toBeUndefined();
    },
  );
});
