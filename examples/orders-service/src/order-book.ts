/**
 * The orders, as two files of JSON lines in one folder: `orders.jsonl` is written by the API alone, `shipments.jsonl` by
 * the fulfilment alone. With one writer for each file the two processes need no lock; both only ever append.
 */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface OrderRequest {
  readonly item: string;
  readonly quantity: number;
}

export interface Order extends OrderRequest {
  /** From 1, in the order in which they came in. */
  readonly id: number;
  readonly placedAt: string;
  readonly shippedAt?: string;
}

interface Shipment {
  readonly id: number;
  readonly shippedAt: string;
}

export class OrderBook {
  readonly #orders: string;
  readonly #shipments: string;
  readonly #now: () => Date;

  /** Makes the folder when there is none. */
  constructor(folder: string, now: () => Date = () => new Date()) {
    mkdirSync(folder, { recursive: true });
    this.#orders = join(folder, 'orders.jsonl');
    this.#shipments = join(folder, 'shipments.jsonl');
    this.#now = now;
  }

  place({ item, quantity }: OrderRequest): Order {
    const order: Order = { id: this.#placed().length + 1, item, quantity, placedAt: this.#now().toISOString() };
    append(this.#orders, order);
    return order;
  }

  /** Every order, the shipped ones with the time of it. */
  all(): readonly Order[] {
    const shipments = new Map(readLines<Shipment>(this.#shipments).map(({ id, shippedAt }) => [id, shippedAt]));
    return this.#placed().map((order) => {
      const shippedAt = shipments.get(order.id);
      return shippedAt === undefined ? order : { ...order, shippedAt };
    });
  }

  find(id: number): Order | undefined {
    return this.all().find((order) => order.id === id);
  }

  /** Ships what has not been shipped. @returns the orders that this call has shipped. */
  shipPending(): readonly Order[] {
    const shippedAt = this.#now().toISOString();
    const pending = this.all().filter((order) => order.shippedAt === undefined);
    for (const { id } of pending) append(this.#shipments, { id, shippedAt } satisfies Shipment);
    return pending.map((order) => ({ ...order, shippedAt }));
  }

  #placed(): readonly Order[] {
    return readLines<Order>(this.#orders);
  }
}

function append(file: string, entry: object): void {
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

/** A last line without its end is still being written by the other process. */
function readLines<T>(file: string): T[] {
  const lines = readText(file).split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as T);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
