import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog, DialogClose } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

export interface ConfirmProps {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: string;
  /** What will be lost, in one or two sentences. */
  description: ReactNode;
  /** The verb on the button: "Delete dataset". */
  action: string;
  danger?: boolean;
  /** Word the user must type first: for the deletion of data only. */
  typeToConfirm?: string;
  onConfirm: () => void | Promise<void>;
}

/** A question before something that cannot be undone. Stays open, with the error, when it fails. */
export function Confirm({
  trigger,
  open,
  onOpenChange,
  title,
  description,
  action,
  danger = false,
  typeToConfirm,
  onConfirm,
}: ConfirmProps): ReactNode {
  const [own, setOwn] = useState(false);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const change = (next: boolean): void => {
    setOwn(next);
    onOpenChange?.(next);
    if (!next) {
      setTyped("");
      setError(undefined);
    }
  };
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      change(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open ?? own}
      onOpenChange={change}
      trigger={trigger}
      title={title}
      description={description}
      width="narrow"
      footer={
        <>
          <DialogClose>
            <Button>Keep</Button>
          </DialogClose>
          <Button
            variant={danger ? "danger" : "primary"}
            busy={busy}
            disabled={typeToConfirm !== undefined && typed !== typeToConfirm}
            onClick={() => void confirm()}
          >
            {action}
          </Button>
        </>
      }
    >
      {typeToConfirm === undefined ? (
        error !== undefined && (
          <p role="alert" className="text-sm text-danger">
            {error}
          </p>
        )
      ) : (
        <Field label={`Type ${typeToConfirm} to confirm`} error={error}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
    </Dialog>
  );
}
