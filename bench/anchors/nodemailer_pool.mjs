#!/usr/bin/env node
// nodemailer_pool.mjs PORT SESSIONS MESSAGES OCTETS: composes and sends each message over a pool. Prints "COUNT SECONDS".
import { load, prose } from "./lib.mjs";

const nodemailer = load("nodemailer");
const [port, sessions, messages, octets] = process.argv.slice(2).map(Number);
const pool = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true, pool: true, maxConnections: sessions, maxMessages: Infinity });
const text = prose(octets);
const send = (number) => pool.sendMail({
  from: "Waybill Bench <bench@example.com>", to: "reader@example.net", subject: `Your order ${number} has been shipped`, text,
});

let next = 0;
const client = async () => { while (next < messages) await send(next++); };
await send(-1); // the first connection and the compiler's first look are not what is measured
const start = performance.now();
await Promise.all(Array.from({ length: sessions }, client));
console.log(messages, (performance.now() - start) / 1000);
pool.close();
