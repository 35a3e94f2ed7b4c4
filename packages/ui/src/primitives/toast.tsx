import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { type ReactNode, useSyncExternalStore } from "react";
import { buttonStyle } from "./button.tsx";

export interface ToastMessage {
  title: string;
  description?: string;
  tone?: "info" | "success" | "error";
  /** One way back: "Undo". */
  action?: { label: string; onSelect: () => void };
  /** Milliseconds on screen; errors stay until closed. */
  duration?: number;
}

interface Shown extends ToastMessage {
  readonly id: number;
}

let shown: readonly Shown[] = [];
let counter = 0;
const listeners = new Set<() => void>();
const publish = (next: readonly Shown[]): void => {
  shown = next;
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const nothing: readonly Shown[] = [];

/** Shows a short message at the corner. At most three stand at once; the oldest leaves. */
export function toast(message: ToastMessage): void {
  counter += 1;
  publish([...shown, { ...message, id: counter }].slice(-3));
}

const icons = { info: Info, success: CircleCheck, error: CircleAlert };
const colours = { info: "text-blue", success: "text-green", error: "text-red" };

/** Put once, near the root. */
export function Toaster(): ReactNode {
  const messages = useSyncExternalStore(
    subscribe,
    () => shown,
    () => nothing,
  );
  return (
    <Radix.Provider swipeDirection="right">
      {messages.map(({ id, title, description, tone = "info", action, duration }) => {
        const Icon = icons[tone];
        return (
          <Radix.Root
            key={id}
            type={tone === "error" ? "foreground" : "background"}
            duration={duration ?? (tone === "error" ? Number.POSITIVE_INFINITY : 6000)}
            onOpenChange={(open) => !open && publish(shown.filter((one) => one.id !== id))}
            className="flex items-start gap-2.5 rounded-lg border border-line bg-raised p-3 shadow-raised"
          >
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colours[tone]}`} />
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-sm font-medium text-ink">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="text-sm text-ink-3">{description}</Radix.Description>
              )}
            </div>
            {action !== undefined && (
              <Radix.Action
                altText={action.label}
                onClick={action.onSelect}
                className={buttonStyle({ variant: "secondary", size: "small" })}
              >
                {action.label}
              </Radix.Action>
            )}
            <Radix.Close
              aria-label="Close message"
              className={buttonStyle({ variant: "quiet", size: "icon-small" })}
            >
              <X aria-hidden />
            </Radix.Close>
          </Radix.Root>
        );
      })}
      <Radix.Viewport className="fixed right-4 bottom-4 z-60 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 outline-none" />
    </Radix.Provider>
  );
}
