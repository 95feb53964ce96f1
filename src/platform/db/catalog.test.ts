import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withDatabase } from '#tests/support/db.ts';
import { describeTables } from '#tests/support/db-tables.ts';

const db = withDatabase();

/** What a query over PostgreSQL's own catalog finds, each row as one text. Every rule below wants it empty. */
async function find(query: string): Promise<string[]> {
  const { rows } = await db.owner.query({ text: query, rowMode: 'array' });
  return (rows as unknown[][]).map((row) => row.join(' '));
}

const ourTables = "c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')";

it('holds the tables it should', async () => {
  const tables = await find(`SELECT relname FROM pg_class c WHERE ${ourTables} ORDER BY 1`);
  expect(tables.length).toBeGreaterThan(40);
  expect(
    await find(
      "SELECT relname FROM pg_class WHERE relnamespace = 'system'::regnamespace AND relkind IN ('r', 'p')",
    ),
  ).toEqual(['migrations']);
});

it('forces row-level security on every table', async () => {
  expect(
    await find(
      `SELECT relname FROM pg_class c WHERE ${ourTables} AND NOT (relrowsecurity AND relforcerowsecurity)`,
    ),
  ).toEqual([]);
});

it('forces it as well, with a policy, on what belongs to no workspace', async () => {
  expect(
    await find(`SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('system', 'information_schema') AND n.nspname !~ '^pg_'
        AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))`),
  ).toEqual([]);
});

it('has one policy for writing, which names the workspace, and others for reading only', async () => {
  const own = "(workspace_id = (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid)";
  // The same, asked for once a statement instead of once a row: where a scan beside it keeps the planner from doing so.
  const once = own.replace('(NULLIF', '( SELECT (NULLIF').replace('::uuid)', '::uuid AS "nullif"))');
  expect(
    await find(`SELECT relname FROM pg_class c WHERE ${ourTables} AND NOT EXISTS (
      SELECT FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname AND p.policyname = 'workspace'
        AND p.permissive = 'PERMISSIVE' AND p.cmd = 'ALL' AND p.roles = '{public}' AND p.qual IN ($q$${own}$q$, $q$${once}$q$) AND p.with_check = p.qual)`),
  ).toEqual([]);
  const others = await find(
    "SELECT tablename, policyname, cmd FROM pg_policies WHERE schemaname = 'public' AND policyname <> 'workspace' ORDER BY 1, 2",
  );
  expect(others).toEqual([
    'api_keys credential SELECT',
    'deadlines scan SELECT',
    'dirty_leads scan SELECT',
    'lead_states scan SELECT',
    'members person SELECT',
    'opening_texts own_side SELECT',
    'outbox scan SELECT',
    'recycles scan SELECT',
    'rejudgements scan SELECT',
    'stuck_leads scan SELECT',
    'turns scan SELECT',
    'unready_handoffs scan SELECT',
    'webhook_deliveries scan SELECT',
    'workshop_labels own_side SELECT',
    'workspaces person SELECT',
    'workspaces scan SELECT',
    'write_keys credential SELECT',
  ]);
});

it('puts workspace_id first in every key and every reference, on both sides', async () => {
  const columnName = (relation: string, column: string) =>
    `(SELECT attname FROM pg_attribute WHERE attrelid = ${relation} AND attnum = ${column})`;
  expect(
    await find(`SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE ${ourTables} AND i.indisunique AND ${columnName('i.indrelid', 'i.indkey[0]')} <> 'workspace_id'`),
  ).toEqual([]);
  expect(
    await find(`SELECT k.conrelid::regclass, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
      WHERE ${ourTables} AND k.contype = 'f' AND (${columnName('k.conrelid', 'k.conkey[1]')} <> 'workspace_id'
        OR ${columnName('k.confrelid', 'k.confkey[1]')} <> 'workspace_id')`),
  ).toEqual([]);
  expect(
    await find(
      `SELECT relname FROM pg_class c WHERE ${ourTables} AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')`,
    ),
  ).toEqual([]);
});

it('compares and sorts by code point wherever a key or an index is text', async () => {
  expect(
    await find(`SELECT i.indexrelid::regclass, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      CROSS JOIN LATERAL unnest(i.indkey::int[], i.indcollation::oid[]) WITH ORDINALITY AS k(attnum, collation_id, n)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE ${ourTables} AND k.collation_id NOT IN (0, (SELECT oid FROM pg_collation WHERE collname = 'C' AND collnamespace = 'pg_catalog'::regnamespace))
       `),
  ).toEqual([]);
});

it('lets the application own nothing, and rise to nothing', async () => {
  const app = db.logins.app.user;
  expect(
    await find(`SELECT relname FROM pg_class WHERE relowner = '${app}'::regrole
    UNION ALL SELECT proname FROM pg_proc WHERE proowner = '${app}'::regrole
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = '${app}'::regrole
    UNION ALL SELECT datname FROM pg_database WHERE datdba = '${app}'::regrole`),
  ).toEqual([]);
  expect(
    await find(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = '${app}'`,
    ),
  ).toEqual(['false false false false false']);
  expect(await find(`SELECT roleid::regrole FROM pg_auth_members WHERE member = '${app}'::regrole`)).toEqual(
    [],
  );
  expect(
    await find(
      "SELECT nspname FROM pg_namespace WHERE nspname IN ('public', 'system') AND has_schema_privilege('" +
        app +
        "', oid, 'CREATE')",
    ),
  ).toEqual([]);
});

it('has no function that runs as its owner, and no view that looks as its owner', async () => {
  expect(
    await find(
      "SELECT proname FROM pg_proc WHERE pronamespace IN ('public'::regnamespace, 'system'::regnamespace) AND prosecdef",
    ),
  ).toEqual([]);
  expect(
    await find(
      "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace AND NOT coalesce(reloptions @> '{security_invoker=true}', false)",
    ),
  ).toEqual([]);
});

it('gives nobody but the application anything', async () => {
  expect(
    await find(`SELECT c.relname, coalesce(g.grantee::regrole::text, 'PUBLIC') FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g
      WHERE c.relnamespace IN ('public'::regnamespace, 'system'::regnamespace)
        AND g.grantee NOT IN (c.relowner, '${db.logins.app.user}'::regrole)`),
  ).toEqual([]);
});

it('cannot have its protection taken off by the application', async () => {
  const workspace = await db.newWorkspace();
  const statements = [
    'ALTER TABLE leads DISABLE ROW LEVEL SECURITY',
    'ALTER TABLE leads NO FORCE ROW LEVEL SECURITY',
    'DROP POLICY workspace ON leads',
    'CREATE POLICY open ON leads USING (true)',
    'ALTER TABLE journal DISABLE TRIGGER ALL',
    'SET session_replication_role = replica',
    `SET ROLE ${db.logins.owner.user}`,
    'DROP TABLE leads',
    'CREATE TABLE public.mine (id int)',
    "INSERT INTO system.migrations VALUES (99, 'x', 'y')",
    'ALTER ROLE CURRENT_USER BYPASSRLS',
  ];
  for (const statement of statements) {
    const attempt = db.database.inWorkspace(workspace, (_, query) => query(statement));
    await expect(attempt, statement).rejects.toThrow(
      /must be owner|permission denied|must be able to SET ROLE|Only roles with/,
    );
  }
});

it('is described by tables.ts (when this fails: node scripts/db-tables.ts)', async () => {
  const plain = (text: string) => text.replace(/\s+/g, ' ');
  const committed = readFileSync(new URL('./tables.ts', import.meta.url), 'utf8');
  expect(plain(committed)).toBe(plain(await describeTables(db.owner)));
});
