ALTER TABLE "calls" ADD COLUMN "outbound_trunk_id" uuid;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "region" text DEFAULT 'global' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "last_seen_style" text;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "last_seen_source" text;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "last_seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outbound_trunks" ADD COLUMN "client_key_sealed" text;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_outbound_trunk_id_outbound_trunks_id_fk" FOREIGN KEY ("outbound_trunk_id") REFERENCES "public"."outbound_trunks"("id") ON DELETE set null ON UPDATE no action;