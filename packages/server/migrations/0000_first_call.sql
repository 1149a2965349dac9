CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"last_four" text NOT NULL,
	"scopes" text[],
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "call_events" (
	"call_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"at_ms" double precision NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "call_events_call_id_seq_pk" PRIMARY KEY("call_id","seq")
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"agent_id" uuid,
	"trunk_id" uuid,
	"direction" text NOT NULL,
	"state" text NOT NULL,
	"sip_call_id" text NOT NULL,
	"caller" text,
	"called" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"answered_at_ms" double precision,
	"ended_at_ms" double precision,
	"ending" text,
	"ended_by" text,
	"sip_code" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"phone_number" text,
	"email" text,
	"name" text,
	"custom_data" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbound_trunks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"auth_username" text NOT NULL,
	"auth_password_sealed" text NOT NULL,
	"phone_numbers" text[] DEFAULT '{}' NOT NULL,
	"krisp_enabled" boolean DEFAULT true NOT NULL,
	"country" text,
	"fallback" text DEFAULT 'agent' NOT NULL,
	"no_agent_status" integer DEFAULT 480 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbound_trunks_org_id_unique" UNIQUE("org_id"),
	CONSTRAINT "inbound_trunks_auth_username_unique" UNIQUE("auth_username")
);
--> statement-breakpoint
CREATE TABLE "knowledge" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"title" text NOT NULL,
	"content" text NOT NULL,
	"type" text DEFAULT 'SCENARIO_SPECIFIC' NOT NULL,
	"is_draft" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"country" text DEFAULT 'US' NOT NULL,
	"session_window_minutes" integer DEFAULT 180 NOT NULL,
	"default_phone_agent_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organisations_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "passages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"knowledge_id" uuid,
	"agent_id" uuid,
	"ordinal" integer NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', text), 'B')) STORED NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_agents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"phone_number" text,
	"language" text,
	"languages" text[] DEFAULT '{}' NOT NULL,
	"accent" text,
	"handoff_phone_number" text,
	"speed" real,
	"interruptible" boolean DEFAULT true NOT NULL,
	"action_ids" text[],
	"instructions" text[],
	"data_collection_fields" text[],
	"data_collection_webhook_url" text,
	"model" text NOT NULL,
	"voice_id" text,
	"first_message" text,
	"provider_external_id" text,
	"flow" jsonb,
	"manual_mode" boolean DEFAULT false NOT NULL,
	"custom_llm" text,
	"use_org_knowledgebase" boolean DEFAULT false NOT NULL,
	"recording_enabled" boolean DEFAULT true NOT NULL,
	"stt_keyterms" text[] DEFAULT '{}' NOT NULL,
	"tts_speed_pct" real DEFAULT 0 NOT NULL,
	"failover_transfer_destination_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_numbers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"phone_number" text NOT NULL,
	"method" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "phone_numbers_phone_number_unique" UNIQUE("phone_number")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"ticket_number" serial NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"channel_type" text NOT NULL,
	"contact_id" uuid,
	"caller_number" text,
	"ai_closure_type" text,
	"sentiment" text,
	"assist_mode" boolean DEFAULT false NOT NULL,
	"language" text,
	"assignee_id" uuid,
	"custom_data" jsonb,
	"handed_off" boolean DEFAULT false NOT NULL,
	"handoff_summary" text,
	"handoff_sentiment" text,
	"summary" text,
	"last_event_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_events" ADD CONSTRAINT "call_events_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_events" ADD CONSTRAINT "call_events_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_agent_id_phone_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."phone_agents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_trunk_id_inbound_trunks_id_fk" FOREIGN KEY ("trunk_id") REFERENCES "public"."inbound_trunks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD CONSTRAINT "inbound_trunks_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge" ADD CONSTRAINT "knowledge_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_knowledge_id_knowledge_id_fk" FOREIGN KEY ("knowledge_id") REFERENCES "public"."knowledge"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_agent_id_phone_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."phone_agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_agents" ADD CONSTRAINT "phone_agents_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_events_session" ON "call_events" USING btree ("session_id","occurred_at","seq");--> statement-breakpoint
CREATE INDEX "calls_session" ON "calls" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "calls_org_started" ON "calls" USING btree ("org_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_org_phone" ON "contacts" USING btree ("org_id","phone_number");--> statement-breakpoint
CREATE INDEX "knowledge_org" ON "knowledge" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "passages_org" ON "passages" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "passages_search" ON "passages" USING gin ("search");--> statement-breakpoint
CREATE INDEX "phone_agents_org" ON "phone_agents" USING btree ("org_id","created_at");--> statement-breakpoint
CREATE INDEX "sessions_org_created" ON "sessions" USING btree ("org_id","created_at","id");--> statement-breakpoint
CREATE INDEX "sessions_org_updated" ON "sessions" USING btree ("org_id","updated_at");--> statement-breakpoint
CREATE INDEX "sessions_continue" ON "sessions" USING btree ("org_id","caller_number","last_event_at");