/** Worker `api`: the HTTP interface. Ends by itself on SIGTERM or SIGINT, when the answers under way are sent. */
import type { AddressInfo } from 'node:net';
import { readEnvironment } from '../environment.ts';
import { OrderBook } from '../order-book.ts';
import { createOrdersServer } from '../orders-server.ts';

const { folder, port } = readEnvironment(process.env);
const server = createOrdersServer(new OrderBook(folder));

server.listen(port, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
  });
}
