CREATE TABLE "recordings" (
	"call_id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"state" text NOT NULL,
	"format" text NOT NULL,
	"encrypted" boolean NOT NULL,
	"storage" text DEFAULT 'disk' NOT NULL,
	"started_at_ms" double precision NOT NULL,
	"duration_ms" double precision,
	"bytes" bigint,
	"sha256" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"deleted_by" text
);
--> statement-breakpoint
ALTER TABLE "recordings" ADD CONSTRAINT "recordings_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recordings_org_state" ON "recordings" USING btree ("org_id","state");