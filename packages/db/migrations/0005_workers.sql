CREATE TABLE "worker_pairing" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"start" text NOT NULL,
	"name" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"paired_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"hostname" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "worker_pairing_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "worker_sample" (
	"worker_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"cpu_share" real,
	"memory_used_bytes" bigint NOT NULL,
	"disk_free_bytes" bigint NOT NULL,
	"busy" boolean NOT NULL,
	CONSTRAINT "worker_sample_worker_id_at_pk" PRIMARY KEY("worker_id","at")
);
--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "cpu_model" text;--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "cores" integer;--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "cpu_share" real;--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "disk_bytes" bigint;--> statement-breakpoint
ALTER TABLE "worker_pairing" ADD CONSTRAINT "worker_pairing_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worker_sample" ADD CONSTRAINT "worker_sample_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE cascade ON UPDATE no action;