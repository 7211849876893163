CREATE TABLE "ca_issuers" (
	"environment" text NOT NULL,
	"ca_id" text NOT NULL,
	"issuer_pems" jsonb NOT NULL,
	"operator_id" text NOT NULL,
	"operator_name" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ca_issuers_environment_ca_id_pk" PRIMARY KEY("environment","ca_id")
);
--> statement-breakpoint
CREATE TABLE "certificate_replacements" (
	"environment" text NOT NULL,
	"new_certificate_id" text NOT NULL,
	"old_certificate_id" text NOT NULL,
	"new_ca_id" text NOT NULL,
	"new_certificate_pem" text NOT NULL,
	"operator_id" text NOT NULL,
	"operator_name" text NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"in_place_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	"abandoned_at" timestamp with time zone,
	CONSTRAINT "certificate_replacements_environment_new_certificate_id_pk" PRIMARY KEY("environment","new_certificate_id")
);
--> statement-breakpoint
CREATE INDEX "certificate_replacements_old" ON "certificate_replacements" USING btree ("environment","old_certificate_id","began_at" DESC NULLS LAST);