// Drives the official Resend client for the specs: a JSON line in, a JSON line out, in whatever order the answers come.
//   in   {"id": 1, "key": "wb_…", "op": "emails.send", "args": […]}
//   out  {"id": 1, "data": …, "error": …, "headers": …}
// {"$base64": "…"} in the arguments stands for a Buffer. RESEND_BASE_URL says where the server is.
import { createInterface } from "node:readline";
import { Resend } from "resend";

const clients = new Map();

function clientFor(key) {
  if (!clients.has(key)) clients.set(key, new Resend(key));
  return clients.get(key);
}

const revive = (_, value) => (typeof value?.$base64 === "string" ? Buffer.from(value.$base64, "base64") : value);

async function call({ key, op, args }) {
  const path = op.split(".");
  const method = path.pop();
  const target = path.reduce((object, name) => object[name], clientFor(key));
  return await target[method](...args);
}

async function answer(line) {
  const request = JSON.parse(line, revive);
  const { data, error, headers } = await call(request).catch((thrown) => ({
    data: null,
    error: { name: "thrown", statusCode: null, message: String(thrown) },
    headers: null,
  }));
  process.stdout.write(JSON.stringify({ id: request.id, data, error, headers }) + "\n");
}

for await (const line of createInterface({ input: process.stdin })) answer(line);
