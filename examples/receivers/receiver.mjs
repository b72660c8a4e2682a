// A receiver of nafta-monitor's webhooks with Node alone (18 or newer).
//
//     WEBHOOK_SECRET=whsec_… node receiver.mjs
//
// It verifies each message as Standard Webhooks say, takes each once (a message can come twice),
// keeps of each event the newest state (an old one can come late), and answers soon. With the
// package `standardwebhooks` installed, its `Webhook` verifies instead of the function here.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const TOLERANCE_SECONDS = 300;
const LARGEST_BODY = 1024 * 1024;

// While a secret rotates, name both, with a space between.
const secrets = process.env.WEBHOOK_SECRET.split(" ");
const seen = new Map(); // message ids; keep yours in a database, for four days at least
const events = new Map(); // event id → its newest state

const verify = (await verifierOfThePackage()) ?? verifyByHand;

async function verifierOfThePackage() {
  let Webhook;
  try {
    ({ Webhook } = await import("standardwebhooks"));
  } catch {
    return null;
  }
  return (secret, headers, body) => new Webhook(secret).verify(body.toString("utf8"), headers);
}

function verifyByHand(secret, headers, body) {
  const id = headers["webhook-id"];
  const stamp = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(stamp)) <= TOLERANCE_SECONDS)) {
    throw new Error("the message is old, or a clock is wrong");
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${stamp}.`).update(body).digest();
  const fits = (headers["webhook-signature"] ?? "").split(" ").some((one) => {
    const [version, text] = one.split(",");
    const given = Buffer.from(text ?? "", "base64");
    return version === "v1" && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  if (!fits) throw new Error("the signature is wrong");
  return JSON.parse(body.toString("utf8"));
}

function verified(headers, body) {
  let reason;
  for (const secret of secrets) {
    try {
      return verify(secret, headers, body);
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

function keep(id, message) {
  if (seen.has(id)) return;
  seen.set(id, message.data.seq);
  const event = message.data.id;
  if (event && !(events.get(event)?.seq >= message.data.seq)) events.set(event, message.data);
  console.log(JSON.stringify({ id, type: message.type, seq: message.data.seq, event }));
}

async function bodyOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > LARGEST_BODY) throw new Error("the body is too big");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const server = createServer(async (request, response) => {
  let status = 204;
  try {
    if (request.method !== "POST" || request.url !== "/hook") status = 404;
    else keep(request.headers["webhook-id"], verified(request.headers, await bodyOf(request)));
  } catch (error) {
    console.error(String(error.message));
    status = 400;
  }
  response.writeHead(status).end();
});
server.listen(Number(process.env.PORT ?? 9000), "127.0.0.1", () => {
  console.log(JSON.stringify({ port: server.address().port }));
});
