import { z } from 'zod';
import type { DestinationDraft } from '../sip/destination-draft.ts';
import { type TransferDestination, transferDestinationNotFound } from '../sip/transfer-destinations.ts';
import { isUuid } from '../uuid.ts';
import { filledText, text } from './wire.ts';

const destinationTypes = ['phone', 'sip', 'hangup'] as const;

/** A transfer destination as the API answers with it; credentials are never told. */
export const transferDestinationSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(destinationTypes),
  /** E.164 or a SIP URI; empty for `hangup`. */
  value: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

export const destinationParams = z.object({ destination_id: z.string() });

/** `value` may be left out for `hangup` only, which is checked where type and value are read together. */
export const newDestination = z.object({
  name: filledText(255),
  type: z.enum(destinationTypes),
  value: text(500).nullish(),
  /** Digest credentials of a `sip` destination; both or neither. */
  username: filledText(255).nullish(),
  password: filledText(255).nullish(),
});

export const destinationChanges = newDestination.partial();

export function destinationDraft(body: z.output<typeof newDestination>): DestinationDraft {
  return {
    name: body.name,
    type: body.type,
    value: body.value ?? '',
    username: body.username ?? null,
    password: body.password ?? null,
  };
}

export function transferDestinationOnWire(
  destination: TransferDestination,
): z.output<typeof transferDestinationSchema> {
  return {
    id: destination.id,
    name: destination.name,
    type: destination.type,
    value: destination.value,
    created_at: destination.createdAt.toISOString(),
    updated_at: destination.updatedAt.toISOString(),
  };
}

/** @throws {Refusal} `transfer_destination_not_found` for a text that cannot be an id. */
export function destinationId(text_: string): string {
  if (!isUuid(text_)) throw transferDestinationNotFound();
  return text_;
}
