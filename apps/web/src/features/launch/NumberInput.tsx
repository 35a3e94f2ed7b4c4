"use client";
import { Input } from "@seedmask/ui/primitives/input";
import { useState } from "react";

interface NumberInputProps {
  readonly id: string;
  readonly value: unknown;
  readonly integer: boolean;
  /** What cannot be read as a number is passed on as the text, for the schema to refuse. */
  readonly onChange: (value: number | string) => void;
  /** Given where an empty field is a value of its own. */
  readonly onEmpty?: () => void;
}

const read = (text: string): number | string => {
  const value = Number(text.trim());
  return text.trim() === "" || Number.isNaN(value) ? text : value;
};

/** Keeps what was typed ("1e-", "0.") while it is on its way to a number. */
export function NumberInput({ value, integer, onChange, onEmpty, ...control }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && read(typed) === value ? typed : String(value ?? "");
  return (
    <Input
      {...control}
      inputMode={integer ? "numeric" : "decimal"}
      placeholder={onEmpty ? "automatic" : ""}
      className="tabular-nums"
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        if (onEmpty && event.target.value.trim() === "") onEmpty();
        else onChange(read(event.target.value));
      }}
    />
  );
}

interface NumbersInputProps {
  readonly id: string;
  readonly value: unknown;
  readonly onChange: (value: (number | string)[]) => void;
}

/** Several numbers, with commas between. */
export function NumbersInput({ value, onChange, ...control }: NumbersInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const parse = (text: string): (number | string)[] =>
    text
      .split(",")
      .filter((part) => part.trim() !== "")
      .map(read);
  const current = Array.isArray(value) ? value.join(", ") : "";
  const shown = typed !== null && parse(typed).join(", ") === current ? typed : current;
  return (
    <Input
      {...control}
      inputMode="text"
      className="tabular-nums"
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(parse(event.target.value));
      }}
    />
  );
}
