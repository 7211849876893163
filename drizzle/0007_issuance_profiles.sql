CREATE TABLE "issuance_profiles" (
	"environment" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"translations" jsonb NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by_name" text NOT NULL,
	CONSTRAINT "issuance_profiles_environment_id_pk" PRIMARY KEY("environment","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "issuance_profiles_name" ON "issuance_profiles" USING btree ("environment","name");