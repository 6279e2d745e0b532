// A REST server of a public package (json-server): pages by number with a Link header, by offset, and records under
// their parents. Prints its address and runs until its standard input ends.
import jsonServer from 'json-server';

const posts = Array.from({ length: 257 }, (_, place) => ({
  id: place + 1,
  title: `Post ${place + 1}`,
  author: { name: ` Author ${place % 7} ` },
  tags: place % 3 === 0 ? [] : [{ name: `t${place % 3}` }, { name: 'all' }],
}));
const comments = posts.flatMap((post) =>
  Array.from({ length: post.id % 4 }, (_, place) => ({ id: post.id * 10 + place, postId: post.id, body: `Comment ${place}` })),
);

const app = jsonServer.create();
app.use(jsonServer.defaults({ logger: false, static: '.' }));
app.use(jsonServer.router({ posts, comments }));
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
