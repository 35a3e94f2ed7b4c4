CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "apikey" (
	"id" text PRIMARY KEY NOT NULL,
	"config_id" text DEFAULT 'default' NOT NULL,
	"name" text,
	"start" text,
	"prefix" text,
	"key" text NOT NULL,
	"reference_id" text NOT NULL,
	"refill_interval" integer,
	"refill_amount" integer,
	"last_refill_at" timestamp with time zone,
	"enabled" boolean DEFAULT true,
	"rate_limit_enabled" boolean DEFAULT true,
	"rate_limit_time_window" integer,
	"rate_limit_max" integer,
	"request_count" integer DEFAULT 0,
	"remaining" integer,
	"last_request" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"permissions" text,
	"metadata" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "artifact" (
	"hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"dataset" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "class_iou" (
	"evaluation_id" integer NOT NULL,
	"label" smallint NOT NULL,
	"iou" double precision,
	"precision" double precision,
	"recall" double precision,
	CONSTRAINT "class_iou_evaluation_id_label_pk" PRIMARY KEY("evaluation_id","label")
);
--> statement-breakpoint
CREATE TABLE "dataset_import" (
	"id" text PRIMARY KEY NOT NULL,
	"request" jsonb NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"job_id" text,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"hash" text,
	"report" jsonb,
	"error" text,
	"owner" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "dataset_version" (
	"hash" text PRIMARY KEY NOT NULL,
	"dataset" text NOT NULL,
	"version" integer NOT NULL,
	"format" text NOT NULL,
	"label_source" text NOT NULL,
	"classes" text[] NOT NULL,
	"images" integer NOT NULL,
	"masks" integer NOT NULL,
	"splits" jsonb NOT NULL,
	"report" jsonb NOT NULL,
	"imported_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dataset" (
	"name" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation" (
	"id" serial PRIMARY KEY NOT NULL,
	"content_key" text NOT NULL,
	"artifact" text NOT NULL,
	"dataset" text NOT NULL,
	"split" text NOT NULL,
	"stage" text NOT NULL,
	"policy" jsonb NOT NULL,
	"policy_key" text NOT NULL,
	"images" integer NOT NULL,
	"mean_iou" double precision,
	"pixel_accuracy" double precision,
	"coverage" double precision NOT NULL,
	"confusion" jsonb NOT NULL,
	"threshold_histogram" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluation_content_key_unique" UNIQUE("content_key")
);
--> statement-breakpoint
CREATE TABLE "image_class_iou" (
	"evaluation_id" integer NOT NULL,
	"image_id" integer NOT NULL,
	"label" smallint NOT NULL,
	"iou" real NOT NULL,
	"true_positives" integer NOT NULL,
	"false_positives" integer NOT NULL,
	"false_negatives" integer NOT NULL,
	CONSTRAINT "image_class_iou_evaluation_id_image_id_label_pk" PRIMARY KEY("evaluation_id","image_id","label")
);
--> statement-breakpoint
CREATE TABLE "image_iou" (
	"evaluation_id" integer NOT NULL,
	"image_id" integer NOT NULL,
	"iou" real NOT NULL,
	CONSTRAINT "image_iou_evaluation_id_image_id_pk" PRIMARY KEY("evaluation_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "image" (
	"id" serial PRIMARY KEY NOT NULL,
	"dataset" text NOT NULL,
	"idx" integer NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"split" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"labels" smallint[] NOT NULL,
	"has_mask" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"role" text NOT NULL,
	"email" text,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_by" text,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitation_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "metric_point" (
	"run_id" text NOT NULL,
	"stage" text NOT NULL,
	"name" text NOT NULL,
	"step" integer NOT NULL,
	"value" double precision NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "metric_point_run_id_stage_name_step_pk" PRIMARY KEY("run_id","stage","name","step")
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "run_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"stage" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"type" text NOT NULL,
	"level" text,
	"message" text,
	"data" jsonb
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" text PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"name" text NOT NULL,
	"title" text,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"config" jsonb NOT NULL,
	"recipe" text,
	"recipe_version" integer,
	"dataset" text NOT NULL,
	"supervision" text NOT NULL,
	"seed" integer NOT NULL,
	"code_version" text NOT NULL,
	"parent" text,
	"group_id" text NOT NULL,
	"owner" text,
	"priority" integer DEFAULT 0 NOT NULL,
	"stage" text,
	"mean_iou" double precision,
	"mean_iou_stage" text,
	"backend" jsonb,
	"error" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"cancel_deadline" timestamp with time zone,
	"duration" double precision,
	CONSTRAINT "run_status" CHECK (status in ('queued', 'starting', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'lost'))
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "stage_artifact" (
	"run_id" text NOT NULL,
	"stage" text NOT NULL,
	"kind" text NOT NULL,
	"artifact" text NOT NULL,
	CONSTRAINT "stage_artifact_run_id_stage_kind_pk" PRIMARY KEY("run_id","stage","kind")
);
--> statement-breakpoint
CREATE TABLE "stage_evaluation" (
	"run_id" text NOT NULL,
	"stage" text NOT NULL,
	"evaluation_id" integer NOT NULL,
	CONSTRAINT "stage_evaluation_run_id_stage_evaluation_id_pk" PRIMARY KEY("run_id","stage","evaluation_id")
);
--> statement-breakpoint
CREATE TABLE "stage_run" (
	"run_id" text NOT NULL,
	"stage" text NOT NULL,
	"position" integer NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"job_id" text,
	"worker_id" text,
	"cached" boolean DEFAULT false NOT NULL,
	"cache_key" text,
	"seconds" double precision,
	"peak_memory_bytes" bigint,
	"metrics" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"progress" jsonb,
	"error" jsonb,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "stage_run_run_id_stage_pk" PRIMARY KEY("run_id","stage")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'viewer' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email"),
	CONSTRAINT "user_role" CHECK ("user"."role" in ('viewer', 'member', 'maintainer', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hostname" text NOT NULL,
	"pid" integer NOT NULL,
	"versions" jsonb NOT NULL,
	"backend" jsonb,
	"memory_bytes" bigint NOT NULL,
	"memory_used_bytes" bigint,
	"disk_free_bytes" bigint,
	"run_id" text,
	"stage" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_beat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"left_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_dataset_dataset_version_hash_fk" FOREIGN KEY ("dataset") REFERENCES "public"."dataset_version"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_iou" ADD CONSTRAINT "class_iou_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_import" ADD CONSTRAINT "dataset_import_owner_user_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_dataset_dataset_name_fk" FOREIGN KEY ("dataset") REFERENCES "public"."dataset"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_imported_by_user_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_artifact_artifact_hash_fk" FOREIGN KEY ("artifact") REFERENCES "public"."artifact"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_class_iou" ADD CONSTRAINT "image_class_iou_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_class_iou" ADD CONSTRAINT "image_class_iou_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_iou" ADD CONSTRAINT "image_iou_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_iou" ADD CONSTRAINT "image_iou_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image" ADD CONSTRAINT "image_dataset_dataset_version_hash_fk" FOREIGN KEY ("dataset") REFERENCES "public"."dataset_version"("hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_accepted_by_user_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_point" ADD CONSTRAINT "metric_point_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_event" ADD CONSTRAINT "run_event_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_dataset_dataset_version_hash_fk" FOREIGN KEY ("dataset") REFERENCES "public"."dataset_version"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_owner_user_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_artifact" ADD CONSTRAINT "stage_artifact_artifact_artifact_hash_fk" FOREIGN KEY ("artifact") REFERENCES "public"."artifact"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_artifact" ADD CONSTRAINT "stage_artifact_run_id_stage_stage_run_run_id_stage_fk" FOREIGN KEY ("run_id","stage") REFERENCES "public"."stage_run"("run_id","stage") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_evaluation" ADD CONSTRAINT "stage_evaluation_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_evaluation" ADD CONSTRAINT "stage_evaluation_run_id_stage_stage_run_run_id_stage_fk" FOREIGN KEY ("run_id","stage") REFERENCES "public"."stage_run"("run_id","stage") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_run" ADD CONSTRAINT "stage_run_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "apikey_key" ON "apikey" USING btree ("key");--> statement-breakpoint
CREATE INDEX "apikey_reference" ON "apikey" USING btree ("reference_id");--> statement-breakpoint
CREATE INDEX "apikey_config" ON "apikey" USING btree ("config_id");--> statement-breakpoint
CREATE INDEX "audit_log_target" ON "audit_log" USING btree ("target_type","target_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_version_number" ON "dataset_version" USING btree ("dataset","version");--> statement-breakpoint
CREATE INDEX "evaluation_policy" ON "evaluation" USING btree ("policy_key","mean_iou");--> statement-breakpoint
CREATE INDEX "evaluation_artifact" ON "evaluation" USING btree ("artifact");--> statement-breakpoint
CREATE INDEX "evaluation_dataset" ON "evaluation" USING btree ("dataset","split","stage");--> statement-breakpoint
CREATE INDEX "image_class_iou_sorted" ON "image_class_iou" USING btree ("evaluation_id","label","iou","image_id");--> statement-breakpoint
CREATE INDEX "image_iou_sorted" ON "image_iou" USING btree ("evaluation_id","iou","image_id");--> statement-breakpoint
CREATE UNIQUE INDEX "image_position" ON "image" USING btree ("dataset","idx");--> statement-breakpoint
CREATE UNIQUE INDEX "image_key" ON "image" USING btree ("dataset","key");--> statement-breakpoint
CREATE INDEX "image_split" ON "image" USING btree ("dataset","split","idx");--> statement-breakpoint
CREATE INDEX "image_labels" ON "image" USING gin ("labels");--> statement-breakpoint
CREATE INDEX "run_event_run" ON "run_event" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "run_event_logs" ON "run_event" USING btree ("run_id","id") WHERE type = 'log';--> statement-breakpoint
CREATE INDEX "run_event_passing" ON "run_event" USING btree ("run_id","stage") WHERE type in ('progress', 'metric');--> statement-breakpoint
CREATE INDEX "run_created" ON "run" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "run_status_created" ON "run" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "run_mean_iou" ON "run" USING btree ("mean_iou","id");--> statement-breakpoint
CREATE INDEX "run_duration" ON "run" USING btree ("duration","id");--> statement-breakpoint
CREATE INDEX "run_name" ON "run" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "run_dataset" ON "run" USING btree ("dataset","created_at");--> statement-breakpoint
CREATE INDEX "run_group" ON "run" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "run_owner" ON "run" USING btree ("owner","created_at");--> statement-breakpoint
CREATE INDEX "run_tags" ON "run" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "stage_artifact_artifact" ON "stage_artifact" USING btree ("artifact");--> statement-breakpoint
CREATE INDEX "stage_evaluation_evaluation" ON "stage_evaluation" USING btree ("evaluation_id");--> statement-breakpoint
CREATE INDEX "stage_run_cache_key" ON "stage_run" USING btree ("cache_key");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");