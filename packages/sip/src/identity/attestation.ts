import { parameterOf, parseParameterised } from '../message/content-type.ts';
import type { SipHeaders } from '../message/headers.ts';
import { SipParseError } from '../message/parse-error.ts';

/** RFC 8588 4: A the carrier knows the caller and its right to the number, B it knows the caller, C it only passes the call on. */
export type AttestationLevel = 'A' | 'B' | 'C';

/** One PASSporT (RFC 8225) as it stands in an Identity header (RFC 8224). Read, not verified: anyone can write one. */
export interface ClaimedPassport {
  readonly isVerified: false;
  /** `shaken`, `div`, `rph`, ...; undefined for a plain PASSporT. */
  readonly type: string | undefined;
  readonly algorithm: string | undefined;
  /** Where the certificate is to be had. */
  readonly certificateUrl: string | undefined;
  readonly level: AttestationLevel | undefined;
  /** Numbers and URIs as written. Undefined or empty in the compact form, which leaves the claims out (RFC 8225 7). */
  readonly originating: string | undefined;
  readonly destinations: readonly string[];
  /** Who diverted the call (RFC 8946). */
  readonly diverted: string | undefined;
  readonly originationId: string | undefined;
  /** Wall time. */
  readonly issuedAtMs: number | undefined;
}

/** What a carrier claims about the caller's number. Nobody here has verified any of it. */
export interface ClaimedAttestation {
  readonly isVerified: false;
  readonly level: AttestationLevel | undefined;
  /** What the carrier says its own check gave (3GPP TS 24.229 7.2A.20), such as `TN-Validation-Passed`. */
  readonly verstat: string | undefined;
  readonly passports: readonly ClaimedPassport[];
}

/** A PASSporT with many destinations has 2 kB; the header's own limit is larger. */
const MAX_TOKEN_CHARACTERS = 6 * 1024;

/** A call diverted more often than this has other problems. */
const MAX_PASSPORTS = 8;

/** @param verstat read from the caller's address. Undefined when the INVITE claims nothing at all. */
export function readAttestation(headers: SipHeaders, verstat: string | undefined): ClaimedAttestation | undefined {
  const passports: ClaimedPassport[] = [];
  for (const line of headers.getAll('Identity').slice(0, MAX_PASSPORTS)) {
    const passport = readPassport(line);
    if (passport) passports.push(passport);
  }
  const level = passports.find((passport) => passport.level)?.level ?? levelInHeaders(headers);
  if (passports.length === 0 && level === undefined && verstat === undefined) return undefined;
  return { isVerified: false, level, verstat, passports };
}

/** Carriers that verify for their customers pass the level on in a header of its own (3GPP TS 24.229 7.2.19). */
function levelInHeaders(headers: SipHeaders): AttestationLevel | undefined {
  return levelOf(headers.get('Attestation-Info') ?? headers.get('P-Attestation-Indicator'));
}

function levelOf(value: unknown): AttestationLevel | undefined {
  const text = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return text === 'A' || text === 'B' || text === 'C' ? text : undefined;
}

function readPassport(line: string): ClaimedPassport | undefined {
  const semicolon = line.indexOf(';');
  const token = (semicolon < 0 ? line : line.slice(0, semicolon)).trim();
  if (token.length > MAX_TOKEN_CHARACTERS) return undefined;
  const [head = '', claims = '', signature] = token.split('.');
  if (signature === undefined) return undefined;
  const written = decoded(head);
  const payload = decoded(claims);
  const parameter = headerParameters(semicolon < 0 ? '' : line.slice(semicolon));
  const issuedAt = payload.iat;
  return {
    isVerified: false,
    type: textOf(written.ppt) ?? parameter('ppt'),
    algorithm: textOf(written.alg) ?? parameter('alg'),
    certificateUrl: textOf(written.x5u) ?? parameter('info'),
    level: levelOf(payload.attest),
    originating: parties(payload.orig)[0],
    destinations: parties(payload.dest),
    diverted: parties(payload.div)[0],
    originationId: textOf(payload.origid),
    issuedAtMs: typeof issuedAt === 'number' && Number.isFinite(issuedAt) ? issuedAt * 1000 : undefined,
  };
}

/** `;info=<https://...>;alg=ES256;ppt=shaken`; the brackets around the URL are no part of it. */
function headerParameters(text: string): (name: string) => string | undefined {
  try {
    // The grammar of parameters knows no brackets, and the URL is the only value that has them.
    const value = parseParameterised(text.replace('<', '"').replace('>', '"'));
    return (name) => parameterOf(value, name);
  } catch (error) {
    if (error instanceof SipParseError) return () => undefined;
    throw error;
  }
}

/** One object of base64url JSON; empty for anything else. */
function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{tn: "1202..."}`, `{tn: ["1202...", ...]}`, `{uri: [...]}` (RFC 8225 5.2.1). */
function parties(claim: unknown): readonly string[] {
  if (!isRecord(claim)) return [];
  return [claim.tn, claim.uri].flat().filter((party) => typeof party === 'string');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
