// Runs all audits of the npm package `graphql-http` against the address given as argument; anything but "ok" is a failure.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
const audits = serverAudits({ url });
let failed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== "ok") {
    failed += 1;
    console.log(`${result.status}: ${audit.id} ${audit.name}: ${result.reason}`);
  }
}
console.log(`${audits.length - failed} of ${audits.length} ok`);
process.exit(failed === 0 && audits.length >= 61 ? 0 : 1);
