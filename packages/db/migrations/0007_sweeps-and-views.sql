CREATE TABLE "saved_view" (
	"id" text PRIMARY KEY NOT NULL,
	"page" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"shared" boolean NOT NULL,
	"owner" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sweep" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"config" jsonb NOT NULL,
	"dataset" text NOT NULL,
	"recipe" text,
	"recipe_version" integer,
	"parent" text,
	"plan" jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"next" integer DEFAULT 0 NOT NULL,
	"code_version" text NOT NULL,
	"owner" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "sweep_id" text;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "sweep_point" integer;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_user_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep" ADD CONSTRAINT "sweep_dataset_dataset_version_hash_fk" FOREIGN KEY ("dataset") REFERENCES "public"."dataset_version"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep" ADD CONSTRAINT "sweep_owner_user_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "saved_view_page" ON "saved_view" USING btree ("page","name");--> statement-breakpoint
CREATE INDEX "sweep_created" ON "sweep" USING btree ("created_at","id");--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_sweep_id_sweep_id_fk" FOREIGN KEY ("sweep_id") REFERENCES "public"."sweep"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_sweep" ON "run" USING btree ("sweep_id");