// The bench's jobs by DuckDB: duck.mjs JOB FILE THREADS [BEAD].
import { DuckDBInstance } from '@duckdb/node-api';

const [job, file, threads, bead] = process.argv.slice(2);
const columns = `{event_type: 'VARCHAR', kind: 'VARCHAR', type: 'VARCHAR',
	timestamp: 'VARCHAR', severity: 'DOUBLE', created_at: 'VARCHAR',
	line: 'DOUBLE', fingerprint: 'VARCHAR'}`;
const from = `read_json('${file}', format = 'newline_delimited',
	columns = ${columns}, ignore_errors = true)`;
const beads = `read_json('${file}', format = 'newline_delimited',
	columns = {event_type: 'VARCHAR', timestamp: 'VARCHAR',
	data: 'STRUCT(bead_id VARCHAR, to_status VARCHAR)'},
	ignore_errors = true)`;
const failures = `read_json('${file}', format = 'newline_delimited',
	columns = {event_type: 'VARCHAR', kind: 'VARCHAR', type: 'VARCHAR',
	message: 'VARCHAR', justification: 'VARCHAR', file: 'VARCHAR',
	line: 'VARCHAR', timestamp: 'VARCHAR'}, ignore_errors = true)`;
const lines = `read_json_objects('${file}', format = 'newline_delimited',
	ignore_errors = true)`;
const jobs = {
	COUNT: `select coalesce(event_type, kind, type) t, count(*) from ${from}
		group by t order by t`,
	FILTER: `select count(*) from ${from} where event_type like 'bead.%'
		and coalesce(timestamp, created_at) >= '2026-01-10'`,
	MEAN: `select timestamp::bigint // 86400000 d, count(*), avg(severity)
		from ${from} where type = 'TestFailure' group by d order by d`,
	PAIR: `select coalesce(event_type, kind, type) t, severity s, count(*)
		from ${from} group by t, s order by t, s`,
	P95: `select approx_quantile(line, .95) from ${from}`,
	DISTINCT: `select approx_count_distinct(fingerprint) from ${from}`,
	EXACT: `select count(distinct fingerprint) from ${from}`,
	FINGER: `select count(*), max(n) from (select md5(concat_ws(':',
		coalesce(event_type, kind, type), regexp_replace(coalesce(
		message, justification), '[0-9]+', '<n>', 'g'), file, line)) f,
		count(*) n, min(timestamp), max(timestamp) from ${failures}
		group by f)`,
	ORDER: `copy (select json from ${lines} order by coalesce(
		json->>'timestamp', json->>'created_at', json->>'createdAt',
		json->>'ts'), json->>'event_id') to '/dev/null' (format csv)`,
	ENTITY: `select event_type, data.to_status from ${beads}
		where data.bead_id = '${bead}' order by timestamp`,
	BOARD: `select data.bead_id b, arg_max(data.to_status, timestamp)
		from ${beads} where event_type like 'bead.%'
		group by b order by b`,
	TREE: `with recursive event as (select id, parent from read_json(
		'${file}', format = 'newline_delimited',
		columns = {id: 'VARCHAR', parent: 'VARCHAR'})),
		tree as (select id, 0 depth from event where parent is null
		union all select event.id, tree.depth + 1 from event
		join tree on event.parent = tree.id)
		select count(*), max(depth) from tree`,
};
const db = await DuckDBInstance.create(':memory:', { threads });
const connection = await db.connect();
const reader = await connection.runAndReadAll(jobs[job]);
for (const row of reader.getRows())
	console.log(row.join(' '));
