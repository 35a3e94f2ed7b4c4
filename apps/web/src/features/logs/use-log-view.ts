"use client";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

export const LOG_LEVEL_NAMES = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVEL_NAMES)[number];

const state = {
  q: parseAsString.withDefault(""),
  level: parseAsStringLiteral(LOG_LEVEL_NAMES).withDefault("info"),
  /** The line a link points at; the window is around it. */
  line: parseAsInteger,
};

export const useLogView = () => useQueryStates(state);
