CREATE TABLE "jitr_set_ups" (
	"environment" text NOT NULL,
	"ca_id" text NOT NULL,
	"settings" jsonb NOT NULL,
	"changed_by_id" text NOT NULL,
	"changed_by_name" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"deployed_at" timestamp with time zone,
	"deployed_allowed" integer,
	CONSTRAINT "jitr_set_ups_environment_ca_id_pk" PRIMARY KEY("environment","ca_id")
);
