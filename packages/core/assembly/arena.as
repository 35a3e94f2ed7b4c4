// Memory is one stack: everything of an image is allocated in order and forgotten together.
let top: usize = 0;

/** Forgets all allocations. */
export function reset(): void {
  top = (__heap_base + 15) & ~15;
}

/** Bytes at a 16-byte boundary; not cleared. */
export function allocate(bytes: usize): usize {
  const start = top;
  top = (start + bytes + 15) & ~15;
  const needed = <i32>((top + 0xffff) >>> 16);
  const present = memory.size();
  if (needed > present && memory.grow(needed - present) < 0) unreachable();
  return start;
}

/** Where the stack ends now; `release` goes back there. */
export function mark(): usize {
  return top;
}

export function release(to: usize): void {
  top = to;
}
