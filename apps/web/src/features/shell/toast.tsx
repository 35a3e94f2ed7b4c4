"use client";

/** Fetched when there is something to say: few pages ever do. */
const sonner = () => import("sonner");

/** What was done, or why not, in the corner; read aloud, gone after a few seconds. */
export const toast = {
  success: (message: string): void => void sonner().then((say) => say.toast.success(message)),
  error: (message: string): void => void sonner().then((say) => say.toast.error(message)),
};
