import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { RegistrationStatus } from '@dialplane/sip';
import { z } from 'zod';
import { type OutboundTrunk, type OutboundTrunkChanges, outboundTrunkNotFound } from '../sip/outbound-trunks.ts';
import { presetNames } from '../sip/presets/presets.ts';
import { isUuid } from '../uuid.ts';
import {
  authorityCertificates,
  certificate,
  certificateExpiry,
  commonTrunkFields,
  commonTrunkSettings,
  sipHost,
  transport,
} from './sip-fields.ts';
import { countryCode, filledText } from './wire.ts';

/** As documented: what leads to a carrier is not told. */
export const outboundTrunkSchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** One trunk with its settings, all but the password. */
export const outboundTrunkDetailsSchema = outboundTrunkSchema.extend({
  host: z.string(),
  port: z.number(),
  transport,
  /** null: the carrier knows us by our address. */
  username: z.string().nullable(),
  caller_number: z.string(),
  auth_username: z.string().nullable(),
  from_user: z.string().nullable(),
  from_domain: z.string().nullable(),
  outbound_proxy: z.string().nullable(),
  register: z.boolean(),
  number_policy: z.string(),
  transfer_mode: z.enum(['auto', 'refer', 'bridge']),
  allowed_countries: z.array(z.string()),
  preset: z.string().nullable(),
  ...commonTrunkSettings,
  authority_certificates: z.string().nullable(),
  /** How registering with the carrier goes; null for a trunk that does not, and in the moments after a change. */
  registration: z
    .object({
      state: z.string(),
      since: z.string(),
      /** End of the current grant. */
      expires_at: z.string().nullable(),
      next_try_at: z.string().nullable(),
      /** Address, port and transport of the server that was spoken to last. */
      registrar: z.string().nullable(),
      /** Where the carrier sees us: another address than ours tells of a NAT. */
      seen_as: z.string().nullable(),
      last_error: z.object({ code: z.string(), status: z.int().nullable(), message: z.string() }).nullable(),
    })
    .nullable(),
});

export const outboundTrunkParams = z.object({ trunk_id: z.string() });

const credential = filledText(255).nullish();
const together = 'must come with the other of username and password';

/** Both, or neither for carriers that know us by our address. */
const credentialFields = { username: credential, password: credential };

interface Credentials {
  readonly username?: string | null | undefined;
  readonly password?: string | null | undefined;
}

/** Says which of the two is missing. */
export function checkCredentials({ username, password }: Credentials, context: z.core.$RefinementCtx): void {
  if ((username ?? null) === null && (password ?? null) !== null) {
    context.addIssue({ code: 'custom', path: ['username'], message: together });
  }
  if ((username ?? null) !== null && (password ?? null) === null) {
    context.addIssue({ code: 'custom', path: ['password'], message: together });
  }
}

/** Everything but what identifies a carrier. */
const settings = z
  .object({
    port: z.int().min(1).max(65_535),
    transport,
    auth_username: filledText(255).nullable(),
    from_user: filledText(255).nullable(),
    from_domain: sipHost.nullable(),
    /** `host`, `host:port` or a SIP URI. */
    outbound_proxy: filledText(300).nullable(),
    register: z.boolean(),
    /** How numbers are written towards the carrier; `prefix:X` puts X before the digits of E.164. */
    number_policy: z
      .string()
      .regex(
        /^(e164|e164_no_plus|national|extension|prefix:[0-9*#+]{1,10})$/,
        'must be e164, e164_no_plus, national, extension or prefix: with digits',
      ),
    transfer_mode: z.enum(['auto', 'refer', 'bridge']),
    /** ISO 3166 alpha-2; empty: every country. */
    allowed_countries: z.array(countryCode).max(250),
    /** A name of GET /phone/sip/presets; fills what a new trunk leaves unset. */
    preset: z.enum(presetNames).nullable(),
    ...commonTrunkFields,
    /** What we show a carrier that wants a certificate on TLS, with its key; the key is never told again. */
    client_certificate: certificate.nullable(),
    client_key: filledText(20_000).nullable(),
    /** Who may vouch for the carrier's certificate on TLS beside the public authorities, such as one of its own. */
    authority_certificates: authorityCertificates.nullable(),
  })
  .partial();

const carrier = z.object({ name: filledText(255), host: sipHost, caller_number: filledText(50) });

export const newOutboundTrunk = carrier
  .extend({ ...settings.shape, ...credentialFields })
  .superRefine(checkCredentials)
  .superRefine(checkClientKey);

export const outboundTrunkChanges = carrier
  .partial()
  .extend({ ...settings.shape, ...credentialFields })
  .superRefine(checkCredentials)
  .superRefine(checkClientKey);

type Body = z.output<typeof outboundTrunkChanges>;

interface ClientPair {
  readonly client_certificate?: string | null | undefined;
  readonly client_key?: string | null | undefined;
}

/** Both of one pair, or null for the certificate, which takes the key away too. */
function checkClientKey(
  { client_certificate: pem, client_key: key }: ClientPair,
  context: z.core.$RefinementCtx,
): void {
  const fault = (message: string) => context.addIssue({ code: 'custom', path: ['client_key'], message });
  if (!pem) {
    if (key) fault('must come with client_certificate');
  } else if (!key) fault('must come with client_certificate, as PEM');
  else if (!isKeyOf(pem, key)) fault('must be the private key of client_certificate, as PEM without a passphrase');
}

function isKeyOf(pem: string, key: string): boolean {
  try {
    return new X509Certificate(pem).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/** Undefined where the body says nothing. */
export function clientIdentityOf({ client_certificate: certificatePem, client_key: privateKeyPem }: ClientPair) {
  if (certificatePem === undefined) return undefined;
  return certificatePem === null || !privateKeyPem ? null : { certificatePem, privateKeyPem };
}

/** Undefined where the body says nothing. */
export function outboundTrunkSettings(body: Omit<Body, 'name' | 'host' | 'caller_number'>) {
  return {
    port: body.port,
    transport: body.transport,
    authUsername: body.auth_username,
    fromUser: body.from_user,
    fromDomain: body.from_domain,
    outboundProxy: body.outbound_proxy,
    register: body.register,
    numberPolicy: body.number_policy,
    transferMode: body.transfer_mode,
    allowedCountries: body.allowed_countries,
    preset: body.preset,
    authorityCertificates: body.authority_certificates,
    country: body.country,
    region: body.region,
    codecs: body.codecs,
    mediaEncryption: body.media_encryption,
    callsPerSecond: body.calls_per_second,
    maxCalls: body.max_calls,
  };
}

export function changesOf(body: Body): OutboundTrunkChanges {
  const { username, password } = body;
  return {
    name: body.name,
    host: body.host,
    callerNumber: body.caller_number,
    ...outboundTrunkSettings(body),
    clientIdentity: clientIdentityOf(body),
    credentials:
      username === undefined && password === undefined
        ? undefined
        : { username: username ?? null, password: password ?? null },
  };
}

export function outboundTrunkOnWire(
  trunk: Pick<OutboundTrunk, 'id' | 'name' | 'createdAt' | 'updatedAt'>,
): z.output<typeof outboundTrunkSchema> {
  return {
    id: trunk.id,
    name: trunk.name,
    created_at: trunk.createdAt.toISOString(),
    updated_at: trunk.updatedAt.toISOString(),
  };
}

export function outboundTrunkDetailsOnWire(
  trunk: OutboundTrunk,
  registration: RegistrationStatus | undefined,
): z.output<typeof outboundTrunkDetailsSchema> {
  return {
    ...outboundTrunkOnWire(trunk),
    host: trunk.host,
    port: trunk.port,
    transport: trunk.transport,
    username: trunk.username,
    caller_number: trunk.callerNumber,
    auth_username: trunk.authUsername,
    from_user: trunk.fromUser,
    from_domain: trunk.fromDomain,
    outbound_proxy: trunk.outboundProxy,
    register: trunk.register,
    number_policy: trunk.numberPolicy,
    transfer_mode: trunk.transferMode,
    allowed_countries: trunk.allowedCountries,
    preset: trunk.preset,
    authority_certificates: trunk.authorityCertificates,
    country: trunk.country,
    region: trunk.region,
    codecs: trunk.codecs,
    media_encryption: trunk.mediaEncryption,
    client_certificate: trunk.clientCertificate,
    client_certificate_expires_at: certificateExpiry(trunk.clientCertificate),
    calls_per_second: trunk.callsPerSecond,
    max_calls: trunk.maxCalls,
    registration: registration ? registrationOnWire(registration) : null,
  };
}

function registrationOnWire(status: RegistrationStatus) {
  const moment = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  const { state, sinceMs, expiresAtMs, nextTryAtMs, registrar, seenAs, lastError } = status;
  const place = ({ address, port }: { readonly address: string; readonly port: number }) =>
    address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return {
    state,
    since: new Date(sinceMs).toISOString(),
    expires_at: moment(expiresAtMs),
    next_try_at: moment(nextTryAtMs),
    registrar: registrar ? `${registrar.transport}:${place(registrar)}` : null,
    seen_as: seenAs ? place(seenAs) : null,
    last_error: lastError
      ? { code: lastError.code, status: lastError.status ?? null, message: lastError.message }
      : null,
  };
}

/** @throws {Refusal} `outbound_trunk_not_found` for a text that cannot be an id. */
export function outboundTrunkId(text: string): string {
  if (!isUuid(text)) throw outboundTrunkNotFound();
  return text;
}
