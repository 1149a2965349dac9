import { z } from 'zod';
import type { Contact, ContactFields } from '../contacts/contacts.ts';
import { text } from './wire.ts';

const customData = z.record(z.string(), z.unknown()).nullable();

/** A contact as the API answers with it. */
export const contactSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  phone_number: z.string().nullable(),
  name: z.string().nullable(),
  custom_data: customData,
  non_verified_name: z.string().nullable(),
  non_verified_email: z.string().nullable(),
  non_verified_custom_data: customData,
  created_at: z.string(),
  updated_at: z.string(),
});

export function contactOnWire(contact: Contact): z.output<typeof contactSchema> {
  return {
    id: contact.id,
    email: contact.email,
    phone_number: contact.phoneNumber,
    name: contact.name,
    custom_data: contact.customData,
    non_verified_name: contact.nonVerifiedName,
    non_verified_email: contact.nonVerifiedEmail,
    non_verified_custom_data: contact.nonVerifiedCustomData,
    created_at: contact.createdAt.toISOString(),
    updated_at: contact.updatedAt.toISOString(),
  };
}

/** What a client says of a contact; null clears a field. In requests the number is `phone`, as documented. */
export const contactBodySchema = z.object({
  contact: z.object({
    email: z.email().max(320).nullish(),
    phone: text(50).nullish(),
    name: text(200).nullish(),
    custom_data: customData.optional(),
    non_verified_name: text(200).nullish(),
    non_verified_email: z.email().max(320).nullish(),
    non_verified_custom_data: customData.optional(),
  }),
});

export function contactFields({ contact }: z.output<typeof contactBodySchema>): ContactFields {
  return {
    email: contact.email,
    phone: contact.phone,
    name: contact.name,
    customData: contact.custom_data,
    nonVerifiedName: contact.non_verified_name,
    nonVerifiedEmail: contact.non_verified_email,
    nonVerifiedCustomData: contact.non_verified_custom_data,
  };
}
