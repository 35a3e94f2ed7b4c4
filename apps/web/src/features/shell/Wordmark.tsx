/** A seed inside the outline it grows to. */
export function Wordmark({
  size = 20,
  compact = false,
}: {
  readonly size?: number;
  readonly compact?: boolean;
}) {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight text-ink">
      <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
        <path
          d="M12 2.5c5.6 0 9 3.6 9 8.4 0 5.9-4.6 10.6-10.2 10.6C6 21.5 3 18.2 3 13.6 3 7.4 6.7 2.500 12 2.5Z"
          className="fill-accent-soft stroke-accent"
          strokeWidth="1.75"
        />
        <circle cx="10.5" cy="13" r="3.25" className="fill-accent" />
      </svg>
      {compact ? null : <span style={{ fontSize: size * 0.8 }}>Seedmask</span>}
    </span>
  );
}
