CREATE TABLE "issuance_batches" (
	"environment" text NOT NULL,
	"id" text NOT NULL,
	"ca_id" text NOT NULL,
	"devices" integer NOT NULL,
	"operator_id" text NOT NULL,
	"operator_name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"state" text NOT NULL,
	"manifest_sha256" text,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "issuance_batches_environment_id_pk" PRIMARY KEY("environment","id")
);
--> statement-breakpoint
CREATE INDEX "issuance_batches_newest" ON "issuance_batches" USING btree ("environment","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "issued_certificates_batch" ON "issued_certificates" USING btree ("environment","batch");