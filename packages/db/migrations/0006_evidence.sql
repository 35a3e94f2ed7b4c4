CREATE TABLE "diagnostic" (
	"id" serial PRIMARY KEY NOT NULL,
	"content_key" text NOT NULL,
	"dataset" text NOT NULL,
	"kind" text NOT NULL,
	"split" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "diagnostic_content_key_unique" UNIQUE("content_key")
);
--> statement-breakpoint
CREATE TABLE "image_doubt" (
	"diagnostic_id" integer NOT NULL,
	"image_id" integer NOT NULL,
	"disagreement" real,
	"entropy" real,
	CONSTRAINT "image_doubt_diagnostic_id_image_id_pk" PRIMARY KEY("diagnostic_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "stage_diagnostic" (
	"run_id" text NOT NULL,
	"stage" text NOT NULL,
	"diagnostic_id" integer NOT NULL,
	CONSTRAINT "stage_diagnostic_run_id_stage_diagnostic_id_pk" PRIMARY KEY("run_id","stage","diagnostic_id")
);
--> statement-breakpoint
CREATE TABLE "image_error" (
	"evaluation_id" integer NOT NULL,
	"image_id" integer NOT NULL,
	"cause" smallint NOT NULL,
	"pixels" integer NOT NULL,
	"share" real NOT NULL,
	CONSTRAINT "image_error_evaluation_id_image_id_cause_pk" PRIMARY KEY("evaluation_id","image_id","cause")
);
--> statement-breakpoint
ALTER TABLE "evaluation" ADD COLUMN "noise" jsonb;--> statement-breakpoint
ALTER TABLE "evaluation" ADD COLUMN "change" jsonb;--> statement-breakpoint
ALTER TABLE "evaluation" ADD COLUMN "leakage" jsonb;--> statement-breakpoint
ALTER TABLE "image_doubt" ADD CONSTRAINT "image_doubt_diagnostic_id_diagnostic_id_fk" FOREIGN KEY ("diagnostic_id") REFERENCES "public"."diagnostic"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_doubt" ADD CONSTRAINT "image_doubt_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_diagnostic" ADD CONSTRAINT "stage_diagnostic_diagnostic_id_diagnostic_id_fk" FOREIGN KEY ("diagnostic_id") REFERENCES "public"."diagnostic"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_diagnostic" ADD CONSTRAINT "stage_diagnostic_run_id_stage_stage_run_run_id_stage_fk" FOREIGN KEY ("run_id","stage") REFERENCES "public"."stage_run"("run_id","stage") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_error" ADD CONSTRAINT "image_error_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_error" ADD CONSTRAINT "image_error_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "image_doubt_disagreement" ON "image_doubt" USING btree ("diagnostic_id","disagreement","image_id");--> statement-breakpoint
CREATE INDEX "image_doubt_entropy" ON "image_doubt" USING btree ("diagnostic_id","entropy","image_id");--> statement-breakpoint
CREATE INDEX "stage_diagnostic_diagnostic" ON "stage_diagnostic" USING btree ("diagnostic_id");--> statement-breakpoint
CREATE INDEX "image_error_sorted" ON "image_error" USING btree ("evaluation_id","cause","share","image_id");