#!/usr/bin/env node
// nodemailer_compose.mjs SECONDS OCTETS: writes messages whose text and HTML have that many characters each. Prints "COUNT SECONDS".
import { load } from "./lib.mjs";

const MailComposer = load("nodemailer/lib/mail-composer");
const [seconds, octets] = process.argv.slice(2).map(Number);
const part = "Vielen Dank für Ihre Bestellung; sie ist unterwegs zu Ihnen.\n".repeat(Math.floor(octets / 61));
const compose = (number) => new Promise((done, failed) => new MailComposer({
  from: "Shop Größe <shop@example.com>", to: `Buyer ${number} <buyer${number}@example.net>`, subject: `Ihre Bestellung für Größe ${number}`,
  messageId: `<${number}@example.com>`, text: part, html: part, textEncoding: "quoted-printable",
}).compile().build((wrong, bytes) => (wrong ? failed(wrong) : done(bytes))));

for (let i = 0; i < 500; i++) await compose(i);
let count = 0;
const start = performance.now();
for (; performance.now() - start < seconds * 1000; count++) await compose(count);
console.log(count, (performance.now() - start) / 1000);
