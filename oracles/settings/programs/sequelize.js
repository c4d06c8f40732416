// What sequelize-cli (what migrations use) and sequelize itself (what `models/index.js` of `sequelize init` builds) make of
// config/config.json and the variables: a question per line of stdin, an answer per line of stdout.
"use strict";

const readline = require("readline");
const helpers = require("sequelize-cli/lib/helpers");
const { Sequelize } = require("sequelize");

const cli = helpers.config;
helpers.view.log = () => {};
// Only the driver's presence is requested, since nothing connects; the constructors look at these.
const driver = new Proxy(function () {}, {
  get: (_, name) => (name === "types" ? { builtins: {}, getTypeParser: () => {} } : driver),
  apply: () => driver,
  construct: () => driver,
});

function byCli(question) {
  cli.config = undefined;
  cli.error = undefined;
  try {
    cli.rawConfig = question.url === undefined ? JSON.parse(question.file) : cli.parseDbUrl(question.url);
  } catch (error) {
    cli.rawConfig = undefined;
    cli.error = error;
  }
  return cli.readConfig();
}

function byLibrary(question) {
  const environment = process.env.NODE_ENV || "development";
  const config = JSON.parse(question.file)[environment];
  const more = { ...config, logging: false, dialectModule: driver };
  const sequelize = config.use_env_variable
    ? new Sequelize(process.env[config.use_env_variable], more)
    : new Sequelize(config.database, config.username, config.password, more);
  const { dialect, storage } = sequelize.options;
  const { database, username, password, host, port, dialectOptions } = sequelize.config;
  return { dialect, database, username, password, host, port, storage, dialectOptions };
}

function answered(by, question) {
  try {
    return { value: by(question) };
  } catch (error) {
    return { error: `${error.name}: ${String(error.message).split("\n")[0].replace(/(parsing url).*/, "$1")}` };
  }
}

const kept = { PATH: process.env.PATH };
readline.createInterface({ input: process.stdin, crlfDelay: Infinity }).on("line", (line) => {
  const question = JSON.parse(line);
  process.env = { ...kept, ...question.vars };
  if (question.environment != null) process.env.NODE_ENV = question.environment;
  const answer = answered(byCli, question);
  if (question.url === undefined) answer.library = answered(byLibrary, question);
  process.stdout.write(JSON.stringify(answer) + "\n");
});
