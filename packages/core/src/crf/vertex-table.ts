const HASH_FACTOR = 1_664_525; // densecrf permutohedral.cpp; any odd factor gives the same lattice

/** Lattice vertices by their coordinates: open addressing, numbered in the order of insertion. */
export class VertexTable {
  size = 0;
  readonly #dimensions: number;
  /** [capacity / 2, d]; the last coordinate follows from the others, they sum to zero. */
  #keys: Int16Array;
  /** Slot → vertex + 1, 0 where empty. At most half full. */
  #slots: Int32Array;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#slots = new Int32Array(1 << 12);
    this.#keys = new Int16Array((this.#slots.length / 2) * dimensions);
  }

  coordinate(vertex: number, axis: number): number {
    return this.#keys[vertex * this.#dimensions + axis]!;
  }

  /** Vertex at these coordinates, −1 where there is none. */
  find(key: Int32Array): number {
    return this.#slots[this.#slotOf(key)]! - 1;
  }

  /** Vertex at these coordinates, added where it is new. */
  insert(key: Int32Array): number {
    const slot = this.#slotOf(key);
    const found = this.#slots[slot]!;
    if (found > 0) return found - 1;
    this.#keys.set(key, this.size * this.#dimensions);
    this.#slots[slot] = this.size + 1;
    this.size += 1;
    if (this.size * 2 >= this.#slots.length) this.#grow();
    return this.size - 1;
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  #slotOf(key: Int32Array): number {
    const d = this.#dimensions;
    const keys = this.#keys;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hash = 0;
    for (let i = 0; i < d; i += 1) hash = Math.imul(hash + key[i]!, HASH_FACTOR);
    // The low bits of a product repeat early; fold the high ones in.
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const vertex = slots[slot]! - 1;
      if (vertex < 0) return slot;
      let equal = 0;
      while (equal < d && keys[vertex * d + equal] === key[equal]) equal += 1;
      if (equal === d) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const keys = new Int16Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Int32Array(this.#slots.length * 2);
    const key = new Int32Array(this.#dimensions);
    for (let vertex = 0; vertex < this.size; vertex += 1) {
      for (let i = 0; i < key.length; i += 1) key[i] = this.coordinate(vertex, i);
      this.#slots[this.#slotOf(key)] = vertex + 1;
    }
  }
}
