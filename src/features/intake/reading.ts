import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyError, LARGEST_BODY } from '#features/intake/body.ts';
import { Overloaded } from '#features/intake/group-commit.ts';

/** Bodies of all requests together that are being read, judged or stored. */
const MOST_HELD = 48 * 1024 * 1024;

/**
 * Reads request bodies as bytes, and knows how many it holds: however many clients send large bodies at once, there is
 * an end to what they can make us keep.
 */
export class Reading {
  #held = 0;

  /**
   * The body of a request, held until its answer is sent or its connection lost.
   * @throws BodyError above 4 MiB; Overloaded when too much is held already
   */
  async read(request: IncomingMessage, response: ServerResponse): Promise<Buffer> {
    this.#check(Number(request.headers['content-length'] ?? 0), 0);
    const chunks: Buffer[] = [];
    let size = 0;
    response.once('close', () => {
      this.#held -= size;
    });
    // Where we stop reading, the rest is let by with the answer; a request that is destroyed cannot be answered well.
    const body: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    for await (const chunk of body) {
      this.#check(chunk.length, size);
      chunks.push(chunk);
      size += chunk.length;
      this.#held += chunk.length;
    }
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  }

  #check(more: number, size: number): void {
    if (size + more > LARGEST_BODY) throw new BodyError(413, 'the body is over 4 MiB; send smaller batches');
    if (this.#held + more > MOST_HELD) throw new Overloaded('Too many large requests at once.');
  }
}
