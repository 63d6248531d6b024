// Answers operations over the tables of the database named first, as the bench asks on standard input: each line is JSON with `query`,
// `variables` and `milliseconds`, and as many as named second work at once. Each answer is a line of JSON: `rate` a second, `cpu` in milliseconds and `bytes`.

import { createInterface } from "node:readline";
import { argv, cpuUsage, stdin } from "node:process";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafast } from "postgraphile/grafast";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [, , connectionString, count] = argv;
const atOnce = Number(count);

const server = postgraphile({
  extends: [PostGraphileAmberPreset],
  // Else it would not offer conditions on columns without an index of their own.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [makePgService({ connectionString, schemas: ["public"], poolConfig: { max: atOnce } })],
});
const { schema, resolvedPreset } = await server.getSchemaResult();

async function answer(source, variableValues) {
  const found = await grafast({ schema, source, variableValues, resolvedPreset, requestContext: {} });
  if (found.errors) {
    throw new Error(JSON.stringify(found.errors));
  }
  return JSON.stringify(found);
}

for await (const line of createInterface({ input: stdin })) {
  const { query, variables, milliseconds } = JSON.parse(line);
  const begun = performance.now();
  const before = cpuUsage();
  let done = 0;
  let last = "";
  const work = async () => {
    while (performance.now() - begun < milliseconds) {
      last = await answer(query, variables);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = cpuUsage(before);
  console.log(JSON.stringify({ rate: done / seconds, cpu: (user + system) / 1000 / done, bytes: Buffer.byteLength(last) }));
}
await server.release();
