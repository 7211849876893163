CREATE TABLE "sweep_runs" (
	"environment" text NOT NULL,
	"id" text NOT NULL,
	"state" text NOT NULL,
	"started_by_id" text,
	"started_by_name" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"lease_holder" text NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"progress" jsonb NOT NULL,
	CONSTRAINT "sweep_runs_environment_id_pk" PRIMARY KEY("environment","id")
);
--> statement-breakpoint
CREATE TABLE "unread_certificates" (
	"environment" text NOT NULL,
	"certificate_id" text NOT NULL,
	"ca_id" text NOT NULL,
	"reason" text NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	CONSTRAINT "unread_certificates_environment_certificate_id_pk" PRIMARY KEY("environment","certificate_id")
);
--> statement-breakpoint
ALTER TABLE "issued_certificates" ADD COLUMN "last_seen_source" text;--> statement-breakpoint
ALTER TABLE "issued_certificates" ADD COLUMN "registered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "issued_certificates" ADD COLUMN "activated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "issued_certificates" ADD COLUMN "is_connected" boolean;--> statement-breakpoint
ALTER TABLE "issued_certificates" ADD COLUMN "connectivity_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "issued_certificates" ADD COLUMN "origin" text DEFAULT 'issued' NOT NULL;--> statement-breakpoint
CREATE INDEX "sweep_runs_newest" ON "sweep_runs" USING btree ("environment","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "sweep_runs_running" ON "sweep_runs" USING btree ("environment") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "issued_certificates_expiry" ON "issued_certificates" USING btree ("environment","not_after");--> statement-breakpoint
CREATE INDEX "issued_certificates_activated" ON "issued_certificates" USING btree ("environment","activated_at") WHERE activated_at is not null;