CREATE TABLE "case_link_settings" (
	"environment" text PRIMARY KEY NOT NULL,
	"is_allowed" boolean NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"environment" text NOT NULL,
	"certificate_id" text NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"last_opened_at" timestamp with time zone,
	"openings" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "case_links_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE INDEX "case_links_device" ON "case_links" USING btree ("environment","certificate_id","created_at");