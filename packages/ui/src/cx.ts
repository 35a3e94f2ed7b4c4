import { cx as join } from "class-variance-authority";
import { twMerge } from "tailwind-merge";

/** Joins class names; a later Tailwind class wins over an earlier one of the same property. */
export const cx = (...inputs: Parameters<typeof join>): string => twMerge(join(inputs));
