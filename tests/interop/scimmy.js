// SPDX-License-Identifier: GPL-3.0-or-later
// SCIMMY behind express with a map for a database: a SCIM service that we did not write.
// Prints "URL TOKEN" on its first line. Ends when its standard input closes.
import crypto from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const token = crypto.randomBytes(24).toString("hex");
const users = new Map();
const passwords = new Map();

const EXTENSION = "urn:ietf:params:scim:schemas:extension:badge:2.0:User";
const extension = new SCIMMY.Types.SchemaDefinition("Badge", EXTENSION, "Badges of the house", [
  new SCIMMY.Types.Attribute("string", "badge", { description: "Badge number" }),
  new SCIMMY.Types.Attribute("boolean", "remote", { description: "Works remotely" }),
]);

function stored(resource) {
  const user = users.get(resource.id);
  if (!user) throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`);
  return user;
}

SCIMMY.Config.set({ patch: true, filter: true, etag: true, changePassword: true });
SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .extend(SCIMMY.Schemas.EnterpriseUser, false)
  .extend(extension, false)
  .ingress((resource, data) => {
    // SCIMMY hands the password over, but leaves it out when it serializes.
    const { password } = data;
    const rest = JSON.parse(JSON.stringify(data));
    const id = resource.id ?? crypto.randomUUID();
    const before = users.get(id);
    if (resource.id && !before) stored(resource);
    const now = new Date().toISOString();
    const user = { ...rest, id, meta: {
      created: before?.meta.created ?? now, lastModified: now } };
    users.set(id, user);
    if (password !== undefined) passwords.set(id, password);
    return user;
  })
  .egress((resource) => resource.id ? stored(resource) : [...users.values()])
  .degress((resource) => {
    stored(resource);
    users.delete(resource.id);
    passwords.delete(resource.id);
  });

function seed(position, given, family, department) {
  const id = crypto.randomUUID();
  const userName = `${given}.${family}`.toLowerCase();
  const time = new Date(Date.UTC(2026, 0, 1) + position * 3600000).toISOString();
  users.set(id, {
    id, userName, displayName: `${given} ${family}`, active: true,
    externalId: `ext-${position}`, title: "Clerk",
    name: { givenName: given, familyName: family, formatted: `${given} ${family}` },
    emails: [
      { value: `${userName}@acme.example`, type: "work", primary: true },
      { value: `${userName}@home.example`, type: "home" },
    ],
    phoneNumbers: [{ value: `+49 30 5550 ${1000 + position}`, type: "work" }],
    addresses: [{ type: "work", streetAddress: `Hauptstr. ${position}`, locality: "Berlin",
      postalCode: "10119", country: "DE" }],
    [SCIMMY.Schemas.EnterpriseUser.definition.id]: {
      department, employeeNumber: String(40000 + position), costCenter: "CC-1" },
    [EXTENSION]: { badge: `B-${position}`, remote: position % 2 === 0 },
    meta: { created: time, lastModified: time },
  });
  passwords.set(id, `Start-${position}-secret`);
}

["Mara Keller", "Omar Haddad", "Tamar Gelashvili", "José Núñez", "Ananya Kumar", "Björn Åkesson",
  "Chloé Dubois", "Dmitri Ivanov", "Élodie Martin", "Fatima Zahra", "Grace Okafor", "Hana Suzuki"]
  .forEach((name, position) => seed(position, ...name.split(" "),
    position % 3 ? "Finance" : "Research"));
for (let position = 12; position < 130; position++)
  seed(position, `Person${position}`, "Example", "Finance");

const app = express();

// Who am I, for a user's own password: proves in a test that a new one works.
app.get("/scim/Me", (request, response, next) => {
  const header = request.header("Authorization") ?? "";
  if (!header.startsWith("Basic ")) return next();
  const [name, ...rest] = Buffer.from(header.slice(6), "base64").toString("utf8").split(":");
  const user = [...users.values()].find((one) => one.userName === name);
  if (!user || passwords.get(user.id) !== rest.join(":")) return response.status(401).end();
  return response.type("application/scim+json").json({ id: user.id, userName: user.userName });
});
app.use("/scim", new SCIMMYRouters({
  type: "bearer",
  docUri: "https://example.org/",
  handler: (request) => {
    if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("Unknown token");
    return "administrator";
  },
}));

const server = app.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${server.address().port}/scim ${token}`));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
