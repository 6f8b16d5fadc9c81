/** A registry on the loopback interface that serves one package: what pacote fetches from it is fetched for real. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';

export interface ServedPackage {
  readonly name: string;
  readonly version: string;
  /** A folder named `package` with the files, as npm packs them, lies in this folder. */
  readonly parentDir: string;
}

export class FakeRegistry implements AsyncDisposable {
  readonly #server: Server;
  readonly tarball: Buffer;

  private constructor(server: Server, tarball: Buffer) {
    this.#server = server;
    this.tarball = tarball;
  }

  static async open({ name, version, parentDir }: ServedPackage): Promise<FakeRegistry> {
    const packed = create({ cwd: parentDir, portable: true, mtime: new Date(0), sync: true }, ['package']).read();
    const tarball = gzipSync(packed ?? Buffer.alloc(0));
    const server = createServer((request, response) => {
      if (request.url?.endsWith('.tgz')) return void response.end(tarball);
      if (decodeURIComponent(request.url ?? '') !== `/${name}`) return void response.writeHead(404).end('{}');
      const { port } = server.address() as AddressInfo;
      const dist = { tarball: `http://127.0.0.1:${port}/p.tgz`, integrity: integrityOf(tarball) };
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dist } } }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeRegistry(server, tarball);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  get integrity(): string {
    return integrityOf(this.tarball);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const integrityOf = (content: Buffer): string => `sha512-${createHash('sha512').update(content).digest('base64')}`;
