CREATE INDEX "run_status" ON "run" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "run_mean_iou_best" ON "run" USING btree ("mean_iou" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "run_duration_longest" ON "run" USING btree ("duration" DESC NULLS LAST,"id" DESC NULLS LAST);