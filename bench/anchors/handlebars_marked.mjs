#!/usr/bin/env node
// handlebars_marked.mjs SECONDS: the licence mail, compiled beforehand, filled in and made HTML by marked; no text part. Prints "COUNT SECONDS".
import { readFileSync } from "node:fs";
import { load } from "./lib.mjs";

const Handlebars = load("handlebars");
const { marked } = load("marked");
const read = (name) => readFileSync(new URL(`licence/${name}`, import.meta.url), "utf8");
const [body, layout] = ["body.hbs", "layout.hbs"].map((name) => Handlebars.compile(read(name)));
const data = JSON.parse(read("data.json"));
const compose = (number) => {
  data.order.id = `2026-${number}`;
  return layout({ ...data, body: marked.parse(body(data)) });
};

for (let i = 0; i < 2000; i++) compose(i);
const seconds = Number(process.argv[2]);
let count = 0;
const start = performance.now();
for (; performance.now() - start < seconds * 1000; count++) compose(count);
console.log(count, (performance.now() - start) / 1000);
