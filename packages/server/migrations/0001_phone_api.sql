CREATE SEQUENCE "public"."stream_positions" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "agent_transfer_destinations" (
	"agent_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_transfer_destinations_agent_id_destination_id_pk" PRIMARY KEY("agent_id","destination_id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"target_id" text,
	"request_id" text,
	"data" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"org_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_org_id_user_id_pk" PRIMARY KEY("org_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "outbound_trunks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"host" text NOT NULL,
	"port" integer DEFAULT 5060 NOT NULL,
	"transport" text DEFAULT 'udp' NOT NULL,
	"username" text,
	"password_sealed" text,
	"caller_number" text NOT NULL,
	"auth_username" text,
	"from_user" text,
	"from_domain" text,
	"outbound_proxy" text,
	"register" boolean DEFAULT false NOT NULL,
	"number_policy" text DEFAULT 'e164' NOT NULL,
	"transfer_mode" text DEFAULT 'auto' NOT NULL,
	"allowed_countries" text[] DEFAULT '{}' NOT NULL,
	"preset" text,
	"country" text,
	"region" text DEFAULT 'global' NOT NULL,
	"codecs" text[] DEFAULT '{PCMU,PCMA}' NOT NULL,
	"media_encryption" text DEFAULT 'allow' NOT NULL,
	"client_certificate" text,
	"calls_per_second" real,
	"max_calls" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_agent_versions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "session_messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"type" text NOT NULL,
	"sender" text NOT NULL,
	"sender_name" text,
	"text" text NOT NULL,
	"context" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"position" bigint DEFAULT nextval('stream_positions') NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sip_messages" (
	"call_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"org_id" uuid NOT NULL,
	"at_ms" double precision NOT NULL,
	"direction" text NOT NULL,
	"transport" text NOT NULL,
	"remote" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "sip_messages_call_id_number_pk" PRIMARY KEY("call_id","number")
);
--> statement-breakpoint
CREATE TABLE "sip_refusals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"transport" text NOT NULL,
	"method" text NOT NULL,
	"sip_call_id" text NOT NULL,
	"username" text,
	"caller" text,
	"called" text,
	"status" integer NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"steps" jsonb
);
--> statement-breakpoint
CREATE TABLE "transfer_destinations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"value" text NOT NULL,
	"username" text,
	"password_sealed" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
DROP INDEX "call_events_session";--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "last_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "call_events" ADD COLUMN "position" bigint DEFAULT nextval('stream_positions') NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "non_verified_name" text;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "non_verified_email" text;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "non_verified_custom_data" jsonb;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "region" text DEFAULT 'global' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "allowed_ips" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "digest_algorithms" text[] DEFAULT '{MD5}' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "codecs" text[] DEFAULT '{PCMU,PCMA}' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "media_encryption" text DEFAULT 'allow' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "client_certificate" text;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "calls_per_second" real;--> statement-breakpoint
ALTER TABLE "inbound_trunks" ADD COLUMN "max_calls" integer;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "recording" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "retention_days" integer;--> statement-breakpoint
ALTER TABLE "phone_agents" ADD COLUMN "outbound_trunk_id" uuid;--> statement-breakpoint
ALTER TABLE "phone_agents" ADD COLUMN "behaviour" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "code_hash" text;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "verified_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "agent_id" uuid;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "provider_number_id" text;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "agent_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "agent_transfer_destinations" ADD CONSTRAINT "agent_transfer_destinations_agent_id_phone_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."phone_agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_transfer_destinations" ADD CONSTRAINT "agent_transfer_destinations_destination_id_transfer_destinations_id_fk" FOREIGN KEY ("destination_id") REFERENCES "public"."transfer_destinations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_transfer_destinations" ADD CONSTRAINT "agent_transfer_destinations_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbound_trunks" ADD CONSTRAINT "outbound_trunks_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_agent_versions" ADD CONSTRAINT "phone_agent_versions_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_agent_versions" ADD CONSTRAINT "phone_agent_versions_agent_id_phone_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."phone_agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_messages" ADD CONSTRAINT "session_messages_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_messages" ADD CONSTRAINT "session_messages_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sip_messages" ADD CONSTRAINT "sip_messages_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sip_messages" ADD CONSTRAINT "sip_messages_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sip_refusals" ADD CONSTRAINT "sip_refusals_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_destinations" ADD CONSTRAINT "transfer_destinations_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_org" ON "audit_log" USING btree ("org_id","created_at","id");--> statement-breakpoint
CREATE INDEX "outbound_trunks_org" ON "outbound_trunks" USING btree ("org_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_agent_versions_number" ON "phone_agent_versions" USING btree ("agent_id","number");--> statement-breakpoint
CREATE INDEX "session_messages_session" ON "session_messages" USING btree ("session_id","created_at","position");--> statement-breakpoint
CREATE INDEX "session_messages_org" ON "session_messages" USING btree ("org_id","position");--> statement-breakpoint
CREATE INDEX "sip_refusals_org" ON "sip_refusals" USING btree ("org_id","at","id");--> statement-breakpoint
CREATE INDEX "transfer_destinations_org" ON "transfer_destinations" USING btree ("org_id","created_at","id");--> statement-breakpoint
ALTER TABLE "phone_agents" ADD CONSTRAINT "phone_agents_outbound_trunk_id_outbound_trunks_id_fk" FOREIGN KEY ("outbound_trunk_id") REFERENCES "public"."outbound_trunks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_agent_id_phone_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."phone_agents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_agent_id_phone_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."phone_agents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_events_org" ON "call_events" USING btree ("org_id","position");--> statement-breakpoint
CREATE INDEX "contacts_org_created" ON "contacts" USING btree ("org_id","created_at","id");--> statement-breakpoint
CREATE INDEX "phone_numbers_org" ON "phone_numbers" USING btree ("org_id","created_at","id");--> statement-breakpoint
CREATE INDEX "sessions_contact" ON "sessions" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "call_events_session" ON "call_events" USING btree ("session_id","occurred_at","position");