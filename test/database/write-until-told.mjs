import Database from 'better-sqlite3';

// Adds one to the tally of a database again and again, and tells how often when it is told that it is enough.
const database = new Database(process.argv[2]);
const add = database.prepare('update tally set value = value + 1');
let written = 0;
const write = () => {
  add.run();
  written += 1;
  if (written === 1) process.send('began');
  next = setImmediate(write);
};
let next = setImmediate(write);
process.once('message', () => {
  clearImmediate(next);
  process.send(written, () => process.disconnect());
});
