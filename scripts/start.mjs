/** npm start: sets up, then runs the whole of Seedmask until Ctrl-C. `npm start -- --help` says more. */
import process from "node:process";
import { commandStart, setUp } from "./setup.mjs";
import { parseStartOptions, START_USAGE } from "./start/options.mjs";

async function begin() {
  const options = parseStartOptions(process.argv.slice(2));
  if (options.help) {
    console.log(START_USAGE);
    return 0;
  }
  const setupSeconds = await setUp();
  const { main } = await import("./start/main.ts");
  return main(options, { start: commandStart, setupSeconds });
}

try {
  process.exit(await begin());
} catch (error) {
  console.error(`✗ ${error.message}`);
  process.exit(1);
}
