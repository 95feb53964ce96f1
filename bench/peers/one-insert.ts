// What one would write first: a web server that inserts each event as it comes, on a pool of 10.
//   node bench/peers/one-insert.ts CONNECTION-STRING
import { createServer } from 'node:http';
import pg from 'pg';
import { newId } from '#platform/ids.ts';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });
const workspace = newId(Date.now());

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const event = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
  const { timestamp, event: type, properties, context } = event;
  await pool.query({
    name: 'one',
    text: `INSERT INTO raw (workspace_id, id, lead, at, received_at, type, trust, properties, context)
           VALUES ($1, $2, $3, $4, now(), $5, $6, $7, $8)`,
    values: [
      workspace,
      newId(Date.now()),
      1,
      timestamp,
      type,
      'server',
      JSON.stringify(properties),
      JSON.stringify(context),
    ],
  });
  response.end('{"success":true}');
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())));
