// node observatory.mjs <where the package is> <host> <port of http> <port of https>: score, grade and tests as JSON.
import { existsSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, host, httpPort, httpsPort] = process.argv.slice(2);
// Which hosts browsers know to have HSTS: npm would fetch the list from elsewhere, and this machine isn't in it.
const preloaded = `${folder}/node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json`;
if (!existsSync(preloaded)) writeFileSync(preloaded, "{}");
const library = (name) =>
  import(pathToFileURL(`${folder}/node_modules/@mdn/mdn-http-observatory/src/${name}.js`));
const { retrieve } = await library("retriever/retriever");
const { ALL_TESTS } = await library("constants");
const { getGradeForScore, getScoreModifier } = await library("grader/grader");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await library("grader/charts");

const asked = await retrieve(host, { httpPort, httpsPort });
if (!asked.responses.auto) throw new Error("The site doesn't answer.");
const results = ALL_TESTS.map((test) => test(asked)).filter((result) => result.result);
const marks = results.map((result) => getScoreModifier(result.result));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 100);
// As the library counts: what is more than a hundred only where little is wrong.
const strict = sum(marks.filter((mark) => mark < 0));
const { score, grade } = getGradeForScore(strict >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(marks) : strict);
const tests = results.map((result, place) => [result.constructor.name, [marks[place], result.result]]);
console.log(JSON.stringify({ score, grade, tests: Object.fromEntries(tests) }));
process.exit(0);
