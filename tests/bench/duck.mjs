// The bench's jobs by DuckDB: duck.mjs COUNT|FILTER|MEAN FILE THREADS.
import { DuckDBInstance } from '@duckdb/node-api';

const [job, file, threads] = process.argv.slice(2);
const columns = `{event_type: 'VARCHAR', kind: 'VARCHAR', type: 'VARCHAR',
	timestamp: 'VARCHAR', severity: 'DOUBLE', created_at: 'VARCHAR'}`;
const from = `read_json('${file}', format = 'newline_delimited',
	columns = ${columns}, ignore_errors = true)`;
const jobs = {
	COUNT: `select coalesce(event_type, kind, type) t, count(*) from ${from}
		group by t order by t`,
	FILTER: `select count(*) from ${from} where event_type like 'bead.%'
		and coalesce(timestamp, created_at) >= '2026-01-10'`,
	MEAN: `select timestamp::bigint // 86400000 d, count(*), avg(severity)
		from ${from} where type = 'TestFailure' group by d order by d`,
};
const db = await DuckDBInstance.create(':memory:', { threads });
const connection = await db.connect();
const reader = await connection.runAndReadAll(jobs[job]);
for (const row of reader.getRows())
	console.log(row.join(' '));
