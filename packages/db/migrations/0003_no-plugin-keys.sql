ALTER TABLE "apikey" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "apikey" CASCADE;--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("action","id");