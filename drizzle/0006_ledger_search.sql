CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "ledger_counts" (
	"environment" text NOT NULL,
	"delivery" text NOT NULL,
	"last_seen_state" text NOT NULL,
	"rows" integer NOT NULL,
	CONSTRAINT "ledger_counts_environment_delivery_last_seen_state_pk" PRIMARY KEY("environment","delivery","last_seen_state")
);
--> statement-breakpoint
DROP INDEX "issued_certificates_newest";--> statement-breakpoint
DROP INDEX "issued_certificates_batch";--> statement-breakpoint
DROP INDEX "issued_certificates_expiry";--> statement-breakpoint
ALTER TABLE "issued_certificates" ADD COLUMN IF NOT EXISTS "thing_name" text;--> statement-breakpoint
CREATE INDEX "issued_certificates_latest" ON "issued_certificates" USING btree ("environment","reserved_at","certificate_id");--> statement-breakpoint
CREATE INDEX "issued_certificates_state" ON "issued_certificates" USING btree ("environment","last_seen_state","reserved_at","certificate_id");--> statement-breakpoint
CREATE INDEX "issued_certificates_delivery" ON "issued_certificates" USING btree ("environment","delivery","reserved_at","certificate_id");--> statement-breakpoint
CREATE INDEX "issued_certificates_of_batch" ON "issued_certificates" USING btree ("environment","batch","reserved_at","certificate_id");--> statement-breakpoint
CREATE INDEX "issued_certificates_thing" ON "issued_certificates" USING btree ("environment","thing_name" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "issued_certificates_trigrams" ON "issued_certificates" USING gin ("common_name" gin_trgm_ops,"thing_name" gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "issued_certificates_expiry" ON "issued_certificates" USING btree ("environment","not_after","certificate_id");
--> statement-breakpoint
INSERT INTO "ledger_counts" ("environment", "delivery", "last_seen_state", "rows")
SELECT "environment", "delivery", coalesce("last_seen_state", ''), count(*) FROM "issued_certificates" GROUP BY 1, 2, 3
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- In the order of the key: two statements at once lock the counts in the same order.
CREATE OR REPLACE FUNCTION "count_issued_certificates"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO "ledger_counts" AS "counted" ("environment", "delivery", "last_seen_state", "rows")
		SELECT "environment", "delivery", coalesce("last_seen_state", ''), count(*)
		FROM "new_rows" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
		ON CONFLICT ("environment", "delivery", "last_seen_state") DO UPDATE SET "rows" = "counted"."rows" + excluded."rows";
	ELSIF TG_OP = 'DELETE' THEN
		INSERT INTO "ledger_counts" AS "counted" ("environment", "delivery", "last_seen_state", "rows")
		SELECT "environment", "delivery", coalesce("last_seen_state", ''), -count(*)
		FROM "old_rows" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
		ON CONFLICT ("environment", "delivery", "last_seen_state") DO UPDATE SET "rows" = "counted"."rows" + excluded."rows";
	ELSE
		INSERT INTO "ledger_counts" AS "counted" ("environment", "delivery", "last_seen_state", "rows")
		SELECT "environment", "delivery", coalesce("last_seen_state", ''), sum("change")
		FROM (
			SELECT "environment", "delivery", "last_seen_state", 1 AS "change" FROM "new_rows"
			UNION ALL
			SELECT "environment", "delivery", "last_seen_state", -1 FROM "old_rows"
		) AS "changes"
		GROUP BY 1, 2, 3 HAVING sum("change") <> 0 ORDER BY 1, 2, 3
		ON CONFLICT ("environment", "delivery", "last_seen_state") DO UPDATE SET "rows" = "counted"."rows" + excluded."rows";
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER "issued_certificates_counted_in" AFTER INSERT ON "issued_certificates"
REFERENCING NEW TABLE AS "new_rows" FOR EACH STATEMENT EXECUTE FUNCTION "count_issued_certificates"();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER "issued_certificates_counted_out" AFTER DELETE ON "issued_certificates"
REFERENCING OLD TABLE AS "old_rows" FOR EACH STATEMENT EXECUTE FUNCTION "count_issued_certificates"();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER "issued_certificates_counted_over" AFTER UPDATE ON "issued_certificates"
REFERENCING OLD TABLE AS "old_rows" NEW TABLE AS "new_rows" FOR EACH STATEMENT EXECUTE FUNCTION "count_issued_certificates"();
