/** Worker `fulfilment`: ships what has been ordered, round after round. Ends by itself on SIGTERM or SIGINT. */
import { readEnvironment } from '../environment.ts';
import { OrderBook } from '../order-book.ts';

const { folder, intervalMs } = readEnvironment(process.env);
const book = new OrderBook(folder);

const rounds = setInterval(() => {
  for (const { id, quantity, item } of book.shipPending()) console.log(`shipped order ${id}: ${quantity} × ${item}`);
}, intervalMs);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => clearInterval(rounds));
