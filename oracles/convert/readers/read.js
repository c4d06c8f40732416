// What Node's readers make of conversions: a question per line of stdin, an answer per line of stdout.
"use strict";

const { createInterface } = require("readline");
const dotenv = require("dotenv");
const { parse } = require("pg-connection-string");

const readers = {
  dotenv: (text) => ({ url: dotenv.parse(text + "\n").DATABASE_URL }),
  "pg-connection-string": (text) => {
    const given = Object.entries(parse(text)).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  },
  sequelize: (text) => {
    const { username, password, host, port, database } = JSON.parse(text).production;
    return { user: username, password, host, port: String(port), database };
  },
};

createInterface({ input: process.stdin, crlfDelay: Infinity }).on("line", (line) => {
  const { reader, text } = JSON.parse(line);
  let answer;
  try {
    answer = readers[reader](text);
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
});
