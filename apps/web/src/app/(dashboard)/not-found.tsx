import { buttonStyle } from "@seedmask/ui/primitives/button";
import { Empty } from "@seedmask/ui/states/empty";
import { Link } from "#lib/link.tsx";

export default function NotFound() {
  return (
    <Empty
      title="There is nothing here"
      action={
        <Link href="/" className={buttonStyle({ variant: "primary", size: "medium" })}>
          Overview
        </Link>
      }
    >
      It may have been deleted, or the link has a mistake in it.
    </Empty>
  );
}
