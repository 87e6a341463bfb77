// Rooms on npm ws: what one connection says, the others of its room hear.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const rooms = new Map();
const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });

server.on('connection', (socket, request) => {
  const name = request.url.split('room=')[1];
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(socket));
  socket.on('message', (message) => {
    const text = message.toString();
    for (const other of room) if (other !== socket) other.send(text);
  });
  socket.on('close', () => room.delete(socket));
});
http.listen(0, '127.0.0.1', 4096, () => console.log(http.address().port));
