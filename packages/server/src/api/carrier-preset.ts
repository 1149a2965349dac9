import { z } from 'zod';
import type { CarrierPreset } from '../sip/presets/carrier-preset.ts';
import { transport } from './sip-fields.ts';

const authenticationStyle = z.enum(['digest', 'ip', 'register']);
const encryption = z.enum(['off', 'allow', 'require']);

/** What a carrier or PBX expects; null and empty where its documentation says nothing. */
export const carrierPresetSchema = z.object({
  /** For `preset` of an outbound trunk. */
  name: z.string(),
  display_name: z.string(),
  /** `inbound`: it calls us. */
  directions: z.array(z.enum(['inbound', 'outbound'])),
  /** What `host` looks like; in angle brackets what is the customer's own. */
  host_pattern: z.string(),
  ports: z.array(z.object({ transport, port: z.number() })),
  authentication: z.object({ inbound: z.array(authenticationStyle), outbound: z.array(authenticationStyle) }),
  register: z.boolean(),
  numbers: z.object({ inbound: z.string(), outbound: z.string() }),
  /** What has to stand in From of calls to it. */
  from: z.object({ user: z.enum(['caller_number', 'username']), domain: z.enum(['any', 'host']) }),
  headers: z.array(z.object({ name: z.string(), use: z.string() })),
  codecs: z.array(z.string()),
  media_encryption: z.object({ over_tls: encryption, otherwise: encryption }),
  session_timers: z.object({ expires_seconds: z.number(), min_se_seconds: z.number() }).nullable(),
  transfer_mode: z.enum(['auto', 'refer', 'bridge']),
  digest_algorithms: z.array(z.string()),
  /** For `allowed_ips` of the inbound trunk. */
  signalling_addresses: z.array(z.string()),
  media: z.object({
    addresses: z.array(z.string()),
    port_min: z.number().nullable(),
    port_max: z.number().nullable(),
  }),
  limits: z.object({ calls_per_second: z.number().nullable(), max_calls: z.number().nullable() }),
  quirks: z.array(z.string()),
  /** Pages the facts are from, with the day they were read. */
  sources: z.array(z.object({ url: z.string(), read_on: z.string() })),
});

export function carrierPresetOnWire(preset: CarrierPreset): z.output<typeof carrierPresetSchema> {
  const { ports, sessionTimers, media } = preset;
  return {
    name: preset.name,
    display_name: preset.displayName,
    directions: [...preset.directions],
    host_pattern: preset.hostPattern,
    ports: transport.options.flatMap((name) => {
      const port = ports[name];
      return port === undefined ? [] : [{ transport: name, port }];
    }),
    authentication: {
      inbound: [...preset.authentication.inbound],
      outbound: [...preset.authentication.outbound],
    },
    register: preset.register,
    numbers: { ...preset.numbers },
    from: { ...preset.from },
    headers: preset.headers.map((header) => ({ ...header })),
    codecs: [...preset.codecs],
    media_encryption: { over_tls: preset.mediaEncryption.overTls, otherwise: preset.mediaEncryption.otherwise },
    session_timers: sessionTimers && {
      expires_seconds: sessionTimers.expiresSeconds,
      min_se_seconds: sessionTimers.minSeSeconds,
    },
    transfer_mode: preset.transferMode,
    digest_algorithms: [...preset.digestAlgorithms],
    signalling_addresses: [...preset.signallingAddresses],
    media: {
      addresses: [...media.addresses],
      port_min: media.ports?.min ?? null,
      port_max: media.ports?.max ?? null,
    },
    limits: { calls_per_second: preset.limits.callsPerSecond, max_calls: preset.limits.maxCalls },
    quirks: [...preset.quirks],
    sources: preset.sources.map(({ url, readOn }) => ({ url, read_on: readOn })),
  };
}
