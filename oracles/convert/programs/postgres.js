// Who is logged in, by pg: with DATABASE_URL, then with the PG* variables alone.
"use strict";

const { Client } = require("pg");

(async () => {
  for (const options of [{ connectionString: process.env.DATABASE_URL }, {}]) {
    const client = new Client(options);
    await client.connect();
    const { rows } = await client.query({ text: "SELECT current_user, current_database()", rowMode: "array" });
    console.log(rows[0].join(" "));
    await client.end();
  }
})();
