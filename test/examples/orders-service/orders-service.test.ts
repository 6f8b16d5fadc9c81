import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnvironment } from '../../../examples/orders-service/src/environment.ts';
import { OrderBook } from '../../../examples/orders-service/src/order-book.ts';

/** The example as its README shows it: two programs, run by Node itself. */
const source = join(import.meta.dirname, '..', '..', '..', 'examples', 'orders-service', 'src');
let folder: string;
let workers: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orders service '));
  workers = [];
});

afterEach(async () => {
  for (const worker of workers) {
    if (worker.exitCode !== null || worker.signalCode !== null) continue;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
  rmSync(folder, { recursive: true });
});

describe('OrderBook', () => {
  test('place() numbers orders from 1 and all() shows what shipPending() has shipped', () => {
    const book = new OrderBook(folder, () => new Date(0));
    const placedAt = '1970-01-01T00:00:00.000Z';
    expect(book.place({ item: 'tea', quantity: 2 })).toEqual({ id: 1, item: 'tea', quantity: 2, placedAt });
    expect(book.shipPending().map(({ id }) => id)).toEqual([1]);
    book.place({ item: 'mug', quantity: 1 });
    expect(book.all().map(({ id, shippedAt }) => [id, shippedAt])).toEqual([
      [1, placedAt],
      [2, undefined],
    ]);
    expect(book.shipPending().map(({ id }) => id)).toEqual([2]);
    expect(book.shipPending()).toEqual([]);
  });
});

describe('readEnvironment()', () => {
  test('has a default for everything', () => {
    expect(readEnvironment({})).toEqual({ folder: 'orders-data', port: 8321, intervalMs: 5_000 });
  });

  test.each(['x', '-1', '65536', '1.5'])('refuses ORDERS_PORT=%s', (text) => {
    expect(() => readEnvironment({ ORDERS_PORT: text })).toThrow(`Cannot use ORDERS_PORT: found "${text}"`);
  });
});

describe('workers', () => {
  test('api takes orders and fulfilment ships them', async () => {
    const url = await startApi();
    const placed = await post(`${url}/orders`, '{"item": "tea", "quantity": 2}');
    expect([placed.status, await placed.json()]).toMatchObject([201, { id: 1, item: 'tea' }]);
    const shipped = await firstLine(start('fulfilment'));
    expect(shipped).toBe('shipped order 1: 2 × tea');
    expect(await (await fetch(`${url}/orders/1`)).json()).toHaveProperty('shippedAt');
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'up', orders: 1 });
  });

  test('api refuses what is no order', async () => {
    const url = await startApi();
    const bodies = ['nonsense', '[]', '{"item": ""}', '{"item": "tea", "quantity": 0}', '"x"'];
    for (const body of bodies) expect((await post(`${url}/orders`, body)).status, body).toBe(400);
    expect((await post(`${url}/orders`, `"${'x'.repeat(70_000)}"`)).status).toBe(413);
    expect((await fetch(`${url}/orders/7`)).status).toBe(404);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
    expect(await (await fetch(`${url}/orders`)).json()).toEqual([]);
  });

  test.skipIf(process.platform === 'win32').each(['api', 'fulfilment'])('%s ends with 0 on SIGTERM', async (name) => {
    const worker = start(name);
    if (name === 'api') await firstLine(worker);
    else await waitForOrderTaken(worker);
    worker.kill('SIGTERM');
    expect(await once(worker, 'exit')).toEqual([0, null]);
  });
});

function start(name: string): ChildProcess {
  const env = { ...process.env, ORDERS_FOLDER: folder, ORDERS_PORT: '0', ORDERS_INTERVAL_MS: '20' };
  const worker = spawn(process.execPath, [join(source, 'workers', `${name}.ts`)], {
    env,
    stdio: ['ignore', 'pipe', 2],
  });
  workers.push(worker);
  return worker;
}

async function startApi(): Promise<string> {
  const line = await firstLine(start('api'));
  return line.replace('listening on ', '');
}

/** The fulfilment says nothing before it ships something. */
async function waitForOrderTaken(worker: ChildProcess): Promise<void> {
  new OrderBook(folder).place({ item: 'tea', quantity: 1 });
  await firstLine(worker);
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('Cannot read from the worker: its output is not a pipe');
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
  return line;
}

const post = (url: string, body: string): Promise<Response> => fetch(url, { method: 'POST', body });
