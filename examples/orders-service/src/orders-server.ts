/**
 * The HTTP interface: `POST /orders` places an order, `GET /orders` and `GET /orders/<id>` show them, `GET /health` tells
 * whether the book can be read. JSON in and out.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { OrderBook, OrderRequest } from './order-book.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export function createOrdersServer(book: OrderBook): Server {
  return createServer((request, response) => {
    answer(request, book).then(
      (found) => send(response, found),
      (error: unknown) => {
        console.error(error);
        send(response, { status: 500, body: { error: 'Cannot answer: see the log of the service' } });
      },
    );
  });
}

async function answer(request: IncomingMessage, book: OrderBook): Promise<Answer> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const id = /^\/orders\/(\d+)$/.exec(pathname)?.[1];
  switch (`${request.method} ${id === undefined ? pathname : '/orders/:id'}`) {
    case 'GET /health':
      return { status: 200, body: { status: 'up', orders: book.all().length } };
    case 'GET /orders':
      return { status: 200, body: book.all() };
    case 'GET /orders/:id':
      return orderAnswer(book, Number(id));
    case 'POST /orders':
      return placeOrder(book, await readBody(request));
    default:
      return { status: 404, body: { error: `Cannot ${request.method} "${pathname}": there is no such thing` } };
  }
}

function orderAnswer(book: OrderBook, id: number): Answer {
  const order = book.find(id);
  return order === undefined
    ? { status: 404, body: { error: `Cannot show order ${id}: there is none of that number` } }
    : { status: 200, body: order };
}

function placeOrder(book: OrderBook, body: string | undefined): Answer {
  if (body === undefined) return { status: 413, body: { error: `Cannot read the order: wanted ${bodyLimit} bytes` } };
  const order = parseOrder(body);
  return typeof order === 'string'
    ? { status: 400, body: { error: `Cannot place the order: ${order}` } }
    : { status: 201, body: book.place(order) };
}

/** A string says what is wrong. */
function parseOrder(body: string): OrderRequest | string {
  let order: unknown;
  try {
    order = JSON.parse(body);
  } catch {
    return 'found something else than JSON, wanted {"item": "…", "quantity": 1}';
  }
  if (typeof order !== 'object' || order === null) return 'wanted {"item": "…", "quantity": 1}';
  const { item, quantity } = order as Partial<OrderRequest>;
  if (typeof item !== 'string' || item === '') return 'item: wanted a name';
  if (!Number.isInteger(quantity) || Number(quantity) < 1) return 'quantity: wanted a whole number from 1';
  return { item, quantity: Number(quantity) };
}

const bodyLimit = 64 * 1024;

/** `undefined` when it is longer than an order can be. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > bodyLimit) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
