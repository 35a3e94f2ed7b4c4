"use client";
import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A link whose page is fetched when someone turns to it, by pointer, finger or keyboard. A page of a run
 * has twenty links in sight: fetched at sight they would be forty requests a screen.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  const [near, setNear] = useState(false);
  const turnTo = (): void => setNear(true);
  return (
    <NextLink
      onMouseEnter={turnTo}
      onTouchStart={turnTo}
      onFocus={turnTo}
      {...props}
      prefetch={near ? null : false}
    />
  );
}
