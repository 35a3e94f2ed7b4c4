"use client";
import { RECIPES } from "@seedmask/core/contract";
import { Button, buttonStyle } from "@seedmask/ui/primitives/button";
import { Empty } from "@seedmask/ui/states/empty";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { useRouter } from "next/navigation";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";

const DEMO = "demo-tiny";

/** The first thing a new installation shows: one button to a first result. */
export function Start() {
  const trpc = useTRPC();
  const router = useRouter();
  const account = useAccount();
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const demo = datasets.data?.find(({ format }) => format === "synthetic") ?? datasets.data?.[0];
  const recipe = RECIPES.find(({ name }) => name === DEMO);
  const launch = useMutation(
    trpc.runs.create.mutationOptions({
      onSuccess: ([run]) => router.push(run ? `/runs/${run.id}` : "/runs"),
      onError: (error) => void toast.error(error.message),
    }),
  );

  if (!demo) {
    return (
      <Empty
        title="No dataset yet"
        action={
          <Link
            href="/datasets/import"
            className={buttonStyle({ variant: "primary", size: "medium" })}
          >
            Import a dataset
          </Link>
        }
      >
        A folder of images with a list of the classes in each is enough. Masks are only needed to
        score.
      </Empty>
    );
  }
  return (
    <Empty
      title="Ready for a first run"
      action={
        recipe && mayAct(account, "member") ? (
          <div className="flex flex-wrap justify-center gap-2">
            <Button
              variant="primary"
              icon={<Play aria-hidden />}
              busy={launch.isPending}
              onClick={() =>
                launch.mutate({
                  config: recipe.config,
                  dataset: demo.hash,
                  recipe: { name: recipe.name, version: recipe.version },
                  tags: ["demo"],
                })
              }
            >
              Run the 3-minute demo
            </Button>
            <Link
              href="/runs/new"
              className={buttonStyle({ variant: "secondary", size: "medium" })}
            >
              Choose a recipe
            </Link>
          </div>
        ) : null
      }
    >
      The demo learns masks of {demo.classes.length} classes on {demo.images} images of {demo.name},
      from image-level labels alone.
    </Empty>
  );
}
