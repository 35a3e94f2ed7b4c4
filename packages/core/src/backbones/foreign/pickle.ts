import { type SeedmaskError, WeightsError } from "../../contract/errors.ts";

/**
 * The part of Python's pickle that state dicts and NumPy arrays are written in. A pickle is a program; this reader
 * runs none of it: a class or function becomes a name with its arguments, for the caller to accept
 * or refuse.
 * @see CPython Lib/pickletools.py
 */
export interface PickleGlobal {
  readonly kind: "global";
  readonly name: string;
}
export interface PickleCall {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly PickleValue[];
  /** What the object was given after it was made; undefined where nothing was. */
  state?: PickleValue;
}
export interface PicklePersistent {
  readonly kind: "persistent";
  readonly id: PickleValue;
}
export type PickleDict = Map<PickleValue, PickleValue>;
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleDict
  | PickleGlobal
  | PickleCall
  | PicklePersistent;

const MARK = Symbol("mark");
type StackItem = PickleValue | typeof MARK;

/** The error for what was found in the place of a pickle. */
type Refuse = (found: string) => SeedmaskError;

class PickleReader {
  #at = 0;
  readonly #bytes: Buffer;
  readonly #refuse: Refuse;
  readonly #stack: StackItem[] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(bytes: Buffer, refuse: Refuse) {
    this.#bytes = bytes;
    this.#refuse = refuse;
  }

  read(): PickleValue {
    for (;;) {
      const opcode = this.#take(1)[0]!;
      if (opcode === 0x2e) return this.#pop(); // STOP
      this.#run(opcode);
    }
  }

  #fail(found: string): SeedmaskError {
    return this.#refuse(`${found} at byte ${this.#at}`);
  }

  #take(count: number): Buffer {
    if (count < 0 || this.#at + count > this.#bytes.length) throw this.#fail("its end");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#fail("its end");
    const text = this.#bytes.toString("utf8", this.#at, end);
    this.#at = end + 1;
    return text;
  }

  #text(count: number): string {
    return this.#take(count).toString("utf8");
  }

  #pop(): PickleValue {
    const item = this.#stack.pop();
    if (item === undefined || item === MARK) throw this.#fail("an empty stack");
    return item;
  }

  #popString(): string {
    const item = this.#pop();
    if (typeof item !== "string") throw this.#fail("a name that is no text");
    return item;
  }

  #popToMark(): PickleValue[] {
    const start = this.#stack.lastIndexOf(MARK);
    if (start < 0) throw this.#fail("no mark");
    const items = this.#stack.splice(start).slice(1);
    return items as PickleValue[];
  }

  #top(): PickleValue {
    const item = this.#stack.at(-1);
    if (item === undefined || item === MARK) throw this.#fail("an empty stack");
    return item;
  }

  #setItems(pairs: readonly PickleValue[]): void {
    const dict = this.#top();
    if (!(dict instanceof Map)) throw this.#fail("entries for something that is no dict");
    for (let i = 0; i + 1 < pairs.length; i += 2) dict.set(pairs[i]!, pairs[i + 1]!);
  }

  #appendItems(items: readonly PickleValue[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#fail("items for something that is no list");
    list.push(...items);
  }

  #recall(index: number): PickleValue {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.#fail(`unknown memo ${index}`);
    return value;
  }

  #call(): PickleValue {
    const args = this.#pop();
    const callee = this.#pop();
    if (!isGlobal(callee) || !Array.isArray(args)) throw this.#fail("a call of no name");
    if (callee.name === "collections.OrderedDict") return new Map();
    return { kind: "call", name: callee.name, args };
  }

  #long(count: number): number | bigint {
    let value = 0n;
    const bytes = this.#take(count);
    for (let i = count - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes[i]!);
    const signed = BigInt.asIntN(count * 8, value);
    return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
  }

  /** Attributes of an object: kept for what a call made, without use for a dict. */
  #build(): void {
    const state = this.#pop();
    const built = this.#top();
    if (isCall(built)) built.state = state;
  }

  #run(opcode: number): void {
    const push = (value: StackItem) => void this.#stack.push(value);
    switch (opcode) {
      case 0x80: // PROTO
        return void this.#take(1);
      case 0x95: // FRAME
        return void this.#take(8);
      case 0x28: // MARK
        return push(MARK);
      case 0x4e: // NONE
        return push(null);
      case 0x88: // NEWTRUE
        return push(true);
      case 0x89: // NEWFALSE
        return push(false);
      case 0x4a: // BININT
        return push(this.#take(4).readInt32LE());
      case 0x4b: // BININT1
        return push(this.#take(1)[0]!);
      case 0x4d: // BININT2
        return push(this.#take(2).readUInt16LE());
      case 0x8a: // LONG1
        return push(this.#long(this.#take(1)[0]!));
      case 0x47: // BINFLOAT
        return push(this.#take(8).readDoubleBE());
      case 0x58: // BINUNICODE
        return push(this.#text(this.#take(4).readUInt32LE()));
      case 0x8c: // SHORT_BINUNICODE
        return push(this.#text(this.#take(1)[0]!));
      case 0x7d: // EMPTY_DICT
        return push(new Map());
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        return push([]);
      case 0x74: // TUPLE
        return push(this.#popToMark());
      case 0x85: // TUPLE1
        return push([this.#pop()]);
      case 0x86: // TUPLE2
        return push([this.#pop(), this.#pop()].toReversed());
      case 0x87: // TUPLE3
        return push([this.#pop(), this.#pop(), this.#pop()].toReversed());
      case 0x63: // GLOBAL
        return push({ kind: "global", name: `${this.#line()}.${this.#line()}` });
      case 0x93: {
        // STACK_GLOBAL
        const name = this.#popString();
        return push({ kind: "global", name: `${this.#popString()}.${name}` });
      }
      case 0x52: // REDUCE
        return push(this.#call());
      case 0x62: // BUILD
        return this.#build();
      case 0x43: // SHORT_BINBYTES
        return push(this.#take(this.#take(1)[0]!));
      case 0x42: // BINBYTES
        return push(this.#take(this.#take(4).readUInt32LE()));
      case 0x51: // BINPERSID
        return push({ kind: "persistent", id: this.#pop() });
      case 0x71: // BINPUT
        return void this.#memo.set(this.#take(1)[0]!, this.#top());
      case 0x72: // LONG_BINPUT
        return void this.#memo.set(this.#take(4).readUInt32LE(), this.#top());
      case 0x94: // MEMOIZE
        return void this.#memo.set(this.#memo.size, this.#top());
      case 0x68: // BINGET
        return push(this.#recall(this.#take(1)[0]!));
      case 0x6a: // LONG_BINGET
        return push(this.#recall(this.#take(4).readUInt32LE()));
      case 0x73: {
        // SETITEM
        const value = this.#pop();
        return this.#setItems([this.#pop(), value]);
      }
      case 0x75: // SETITEMS
        return this.#setItems(this.#popToMark());
      case 0x61: // APPEND
        return this.#appendItems([this.#pop()]);
      case 0x65: // APPENDS
        return this.#appendItems(this.#popToMark());
      default:
        throw this.#fail(`opcode 0x${opcode.toString(16)}`);
    }
  }
}

const isCall = (value: PickleValue): value is PickleCall =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "call";
const isGlobal = (value: PickleValue): value is PickleGlobal =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "global";

const noStateDict =
  (file: string): Refuse =>
  (found) =>
    new WeightsError(
      `weights: ${file}: expected a pickled state dict, got ${found}. ` +
        "Save the model with torch.save(model.state_dict(), path).",
    );

/**
 * The value a pickle describes, without running anything in it.
 * @throws {WeightsError} at an opcode that no state dict needs, or where the bytes end early; another
 * error where `refuse` makes one
 */
export function readPickle(
  bytes: Buffer,
  file: string,
  refuse: Refuse = noStateDict(file),
): PickleValue {
  return new PickleReader(bytes, refuse).read();
}
