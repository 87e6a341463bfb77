// The same rooms on socket.io, WebSocket transport only, in its own idiom.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });

server.on('connection', (socket) => {
  let room;
  socket.on('join', (name) => {
    room = name;
    socket.join(name);
    socket.emit('joined');
  });
  // To everybody in the room, the writer as well, as the house does; and she is told that it was taken.
  socket.on('m', (text, taken) => {
    server.to(room).emit('m', text);
    taken();
  });
});
http.listen(0, '127.0.0.1', 4096, () => console.log(http.address().port));
