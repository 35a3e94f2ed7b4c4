import { allocate } from "./arena";

const HASH_FACTOR: i32 = 1664525;
const FIRST_SLOTS: i32 = 1 << 15;

let dimensions: i32 = 0;
let keys: usize = 0; // [slots / 2, d] i16
let slots: usize = 0; // [slots] i32: vertex + 1, 0 where empty
let mask: i32 = 0;
let size: i32 = 0;

export function openTable(d: i32): void {
  dimensions = d;
  size = 0;
  makeRoom(FIRST_SLOTS);
}

export function tableSize(): i32 {
  return size;
}

function makeRoom(count: i32): void {
  mask = count - 1;
  keys = allocate(<usize>(count / 2) * dimensions * 2);
  slots = allocate(<usize>count << 2);
  memory.fill(slots, 0, <usize>count << 2);
}

@inline
export function coordinate(vertex: i32, axis: i32): i32 {
  return <i32>load<i16>(keys + ((<usize>(vertex * dimensions + axis)) << 1));
}

/** Slot of the key [d] i32, or the empty one where it belongs. */
function slotOf(key: usize): usize {
  let hash: i32 = 0;
  for (let i = 0; i < dimensions; i++) {
    hash = (hash + load<i32>(key + (<usize>i << 2))) * HASH_FACTOR;
  }
  let slot = (hash ^ (hash >>> 15)) & mask;
  while (true) {
    const at = slots + (<usize>slot << 2);
    const vertex = load<i32>(at) - 1;
    if (vertex < 0) return at;
    let equal = 0;
    while (equal < dimensions && coordinate(vertex, equal) == load<i32>(key + (<usize>equal << 2))) equal++;
    if (equal == dimensions) return at;
    slot = (slot + 1) & mask;
  }
}

/** Vertex at these coordinates, −1 where there is none. */
export function find(key: usize): i32 {
  return load<i32>(slotOf(key)) - 1;
}

/** Vertex at these coordinates, added where it is new; numbered in the order of insertion. */
export function insert(key: usize): i32 {
  const slot = slotOf(key);
  const found = load<i32>(slot);
  if (found > 0) return found - 1;
  const vertex = size;
  for (let i = 0; i < dimensions; i++) {
    store<i16>(keys + ((<usize>(vertex * dimensions + i)) << 1), <i16>load<i32>(key + (<usize>i << 2)));
  }
  size = vertex + 1;
  store<i32>(slot, size);
  if (size * 2 > mask) grow();
  return vertex;
}

function grow(): void {
  const old = keys;
  makeRoom((mask + 1) * 2);
  memory.copy(keys, old, <usize>(size * dimensions) << 1);
  const key = allocate(<usize>dimensions << 2);
  for (let vertex = 0; vertex < size; vertex++) {
    for (let i = 0; i < dimensions; i++) store<i32>(key + (<usize>i << 2), coordinate(vertex, i));
    store<i32>(slotOf(key), vertex + 1);
  }
}
