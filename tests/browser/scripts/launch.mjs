/** Starts the one Chromium of a test run, prints its address and ends it when stdin closes. */
import { chromium } from "playwright-core";

const server = await chromium.launchServer({ executablePath: process.argv[2], host: "127.0.0.1" });
console.log(server.wsEndpoint());
process.stdin.on("close", () => server.close());
process.stdin.resume();
