import { createRequire } from "node:module";

// bench/run installs the packages into a folder of its own and names it here.
export const load = createRequire(`${process.env.WAYBILL_ANCHORS}/`);

// Words with numbers between them, so that nothing is gained from one letter repeated.
const words = ["order", "parcel", "invoice", "thank", "you", "delivery", "address", "tracking", "number", "please", "reply", "soon", "account"];

export const prose = (length) => {
  let text = "";
  for (let i = 0; text.length < length; i++) text += `${words[(i * 7) % words.length]}${(i * 31) % 100} `;
  return text.slice(0, length);
};
