/** Bits of mutual information with their sign: "+1.2", "never", "—". */
export function informationWords(bits: number | null): string {
  if (bits === null) return "—";
  if (bits === -Infinity) return "never together";
  const digits = Math.abs(bits).toFixed(1);
  if (digits === "0.0") return "±0.0";
  return `${bits > 0 ? "+" : "−"}${digits}`;
}
