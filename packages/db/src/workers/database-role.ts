import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";

/** The PostgreSQL role of one paired worker. Pairing ids are base32, so the name needs no escape. */
const roleOf = (pairingId: string): string => `seedmask_worker_${pairingId}`;

const exists = async (tx: Transaction, role: string): Promise<boolean> => {
  const { rows } = await tx.execute(sql`select 1 from pg_roles where rolname = ${role}`);
  return rows.length > 0;
};

const SCHEMAS = ["public", "pgboss"];
/** Passwords, sessions and tokens of people: none of a worker's business. */
const KEPT_FROM_WORKERS = sql.raw(
  "account, session, verification, invitation, api_token, rate_limit, worker_pairing",
);

/**
 * Lets a paired worker's role in with a password of today: rows of the tables of runs, nothing of
 * their shape, no secrets of people. The grants are given anew each time, so that tables of a later version are in them.
 */
export async function grantWorkerRole(
  tx: Transaction,
  { pairingId, password }: { pairingId: string; password: string },
): Promise<string> {
  const role = roleOf(pairingId);
  const name = sql.identifier(role);
  if (!(await exists(tx, role))) {
    await tx.execute(sql`create role ${name}`);
    // A creator that is no superuser may end its worker's connections only as a member of the role.
    await tx.execute(sql`grant ${name} to current_user`);
  }
  await tx.execute(sql`alter role ${name} login password ${sql.raw(quoteLiteral(password))}`);
  for (const schema of SCHEMAS.map((each) => sql.identifier(each))) {
    await tx.execute(sql`grant usage on schema ${schema} to ${name}`);
    await tx.execute(
      sql`grant select, insert, update, delete on all tables in schema ${schema} to ${name}`,
    );
    await tx.execute(sql`grant usage on all sequences in schema ${schema} to ${name}`);
    await tx.execute(sql`grant execute on all functions in schema ${schema} to ${name}`);
  }
  await tx.execute(sql`revoke all on ${KEPT_FROM_WORKERS} from ${name}`);
  await tx.execute(
    sql`grant select (id, revoked_at, name, paired_at) on worker_pairing to ${name}`,
  );
  return role;
}

/** Takes the role away and ends what it has open; nothing where it never came in. */
export async function dropWorkerRole(tx: Transaction, pairingId: string): Promise<void> {
  const role = roleOf(pairingId);
  if (!(await exists(tx, role))) return;
  const name = sql.identifier(role);
  await tx.execute(sql`alter role ${name} nologin`);
  await tx.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${role}`,
  );
  await tx.execute(sql`drop owned by ${name}`);
  await tx.execute(sql`drop role ${name}`);
}

/** Passwords of roles cannot be parameters of a statement; ours are base64url, this keeps them so. */
function quoteLiteral(password: string): string {
  if (/^[\w-]+$/.test(password)) return `'${password}'`;
  throw new Error("worker role: expected a password of letters, digits, _ and -.");
}
