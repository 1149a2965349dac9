ALTER TABLE "inbound_trunks" ADD COLUMN "authentication" text DEFAULT 'either' NOT NULL;--> statement-breakpoint
ALTER TABLE "outbound_trunks" ADD COLUMN "authority_certificates" text;--> statement-breakpoint
ALTER TABLE "sip_messages" ADD COLUMN "local" text;