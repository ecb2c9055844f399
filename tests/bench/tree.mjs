// tree.mjs FILE: the tree of a log as a script would draw it: every event an
// object, a list of children by parent, a walk from the roots.
import { readFileSync } from 'node:fs';

const events = readFileSync(process.argv[2], 'utf8').split('\n')
	.filter(Boolean).map((line) => JSON.parse(line));
const known = new Set(events.map((event) => event.id));
const children = new Map();
const roots = [];
for (const event of events) {
	if (event.parent === null || !known.has(event.parent)) {
		roots.push(event);
		continue;
	}
	if (!children.has(event.parent))
		children.set(event.parent, []);
	children.get(event.parent).push(event);
}
const stack = roots.reverse().map((event) => [event, 0]);
const out = [];
while (stack.length > 0) {
	const [event, depth] = stack.pop();
	out.push(`${'  '.repeat(depth)}${event.id} (${event.outcome.status} ` +
		`${event.intent})\n`);
	for (const child of (children.get(event.id) ?? []).reverse())
		stack.push([child, depth + 1]);
}
process.stdout.write(out.join(''));
